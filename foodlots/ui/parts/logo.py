"""The sign of foodlots: one budget cut into lots of different sizes."""

_TILES = (
    '<rect x="4" y="4" width="34" height="22" rx="4" fill="#1B6B4A"/>'
    '<rect x="42" y="4" width="18" height="34" rx="4" fill="#E69F00"/>'
    '<rect x="4" y="30" width="15" height="30" rx="4" fill="#0072B2"/>'
    '<rect x="23" y="30" width="15" height="30" rx="4" fill="#7DB893"/>'
    '<rect x="42" y="42" width="18" height="18" rx="4" fill="#CC79A7"/>'
)
LOGO = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="64" height="64">{_TILES}</svg>'
