"""Codes of offices that have another code today, as old files still name them. One table."""

# The districts that left Nong Khai on 23 March 2011 and became the province of Bueng Kan.
NOW = {
    "4303": "3801",
    "4304": "3802",
    "4306": "3803",
    "4309": "3804",
    "4310": "3805",
    "4311": "3806",
    "4312": "3807",
    "4313": "3808",
}
