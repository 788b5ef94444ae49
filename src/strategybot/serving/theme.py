"""The look of the chat page: system fonts, and a primary colour that is dark enough to read on."""

import gradio as gr

FONT = ("system-ui", "Segoe UI", "Arial", "sans-serif")
MONO = ("ui-monospace", "Consolas", "monospace")
PRIMARY = "#12436d"
PRIMARY_HOVER = "#0b2f4e"
LINK = "#12436d"
LINK_DARK = "#9cc7f0"


def build_theme() -> gr.themes.Base:
    """Build the theme; nothing of it is fetched from anywhere."""
    theme = gr.themes.Default(
        primary_hue=gr.themes.colors.blue, neutral_hue=gr.themes.colors.slate, font=FONT, font_mono=MONO
    )
    return theme.set(
        button_primary_background_fill=PRIMARY,
        button_primary_background_fill_hover=PRIMARY_HOVER,
        button_primary_background_fill_dark="#2a6ba6",
        button_primary_text_color="white",
        link_text_color=LINK,
        link_text_color_hover=PRIMARY_HOVER,
        link_text_color_visited=LINK,
        link_text_color_dark=LINK_DARK,
        link_text_color_hover_dark="white",
        link_text_color_visited_dark=LINK_DARK,
        body_text_color_subdued="#51606e",
        body_text_color_subdued_dark="#aebac5",
        block_info_text_color="#51606e",
        block_info_text_color_dark="#aebac5",
        block_label_text_color="#16202a",
        block_title_text_color="#16202a",
        block_label_text_color_dark="#e9eef2",
        block_title_text_color_dark="#e9eef2",
        input_placeholder_color="#5c6b78",
        input_placeholder_color_dark="#aebac5",
    )
