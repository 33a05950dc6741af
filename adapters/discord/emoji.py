"""Emoji by the names that settings use."""

# Shortcodes of signs that a desk might choose; Discord tells a reaction by the sign itself.
_SIGNS = {
    "mag": "🔍",
    "mag_right": "🔎",
    "eyes": "👀",
    "question": "❓",
    "grey_question": "❔",
    "interrobang": "⁉️",
    "white_check_mark": "✅",
    "heavy_check_mark": "✔️",
    "newspaper": "📰",
    "microscope": "🔬",
    "thinking": "🤔",
    "thinking_face": "🤔",
    "detective": "🕵️",
    "bookmark": "🔖",
    "pushpin": "📌",
    "robot": "🤖",
    "robot_face": "🤖",
    "rotating_light": "🚨",
    "warning": "⚠️",
    "scales": "⚖️",
}
_VARIATION = "\ufe0f"


def is_trigger(emoji: str, setting: str) -> bool:
    """Whether a reaction is the one that a setting names: by shortcode, by the sign, or by a custom emoji's name."""
    sign = _SIGNS.get(setting, setting)
    return emoji.replace(_VARIATION, "") == sign.replace(_VARIATION, "") or emoji == setting
