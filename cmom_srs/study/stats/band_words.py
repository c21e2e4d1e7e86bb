"""Bands in words."""

from cmom_srs.study.stats.bands import Band


def band_words(band: Band) -> str:
    """A band: "1", "2 to 6", "45 and more"."""
    if band.high is None:
        return f"{band.low} and more"
    return str(band.low) if band.low == band.high else f"{band.low} to {band.high}"


def ease_words(hundredths: float) -> str:
    """An ease factor: "2.50"."""
    return f"{hundredths / 100:.2f}"


def ease_band_words(band: Band) -> str:
    """A band of ease factors: "1.30", "1.31 to 1.59", "2.51 and up"."""
    low = ease_words(band.low)
    if band.high is None:
        return f"{low} and up"
    return low if band.low == band.high else f"{low} to {ease_words(band.high)}"
