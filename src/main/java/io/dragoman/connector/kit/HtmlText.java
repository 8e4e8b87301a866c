// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.kit;

import java.util.Locale;
import java.util.Set;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/**
 * HTML as a person would type it: lines, list items, links with their address, quotes behind {@code >}. Where a mail
 * program marked the start of what it quotes, a line with {@link #QUOTE_MARK} stands.
 */
public final class HtmlText implements NodeVisitor {
    /** Stands alone on a line where a mail program marked the start of its quote; a private-use character. */
    public static final String QUOTE_MARK = "\uE0F1";

    private static final Set<String> BLOCKS = Set.of(
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "center",
            "dd",
            "div",
            "dl",
            "dt",
            "fieldset",
            "figure",
            "footer",
            "form",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
            "hr",
            "li",
            "main",
            "nav",
            "ol",
            "p",
            "pre",
            "section",
            "table",
            "tbody",
            "thead",
            "tfoot",
            "tr",
            "ul");
    private static final Set<String> SPACED =
            Set.of("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "pre");
    private static final Set<String> HIDDEN = Set.of(
            "head",
            "style",
            "script",
            "noscript",
            "template",
            "svg",
            "math",
            "iframe",
            "object",
            "embed",
            "title",
            "select",
            "textarea",
            "button");

    /** Deeper quotes than this show no more marks. */
    private static final int DEEPEST_QUOTE = 6;

    private final StringBuilder out = new StringBuilder();
    private int quotes;
    private int preformatted;
    private int hidden;
    private int breaks; // line breaks that the next text needs before it
    private boolean space;

    private HtmlText() {}

    public static String of(Document document) {
        HtmlText text = new HtmlText();
        document.body().traverse(text);
        return text.out.toString().strip();
    }

    @Override
    public void head(Node node, int depth) {
        if (node instanceof TextNode text) {
            if (hidden == 0) {
                write(text.getWholeText().replace(QUOTE_MARK, ""));
            }
        } else if (node instanceof Element element) {
            String name = element.normalName();
            if (isHidden(element)) {
                hidden++;
            }
            if (hidden == 0 && quotes == 0 && isQuoteStart(element)) {
                need(1);
                word(QUOTE_MARK);
                need(1);
            }
            open(element, name);
        }
    }

    private void open(Element element, String name) {
        if (BLOCKS.contains(name)) {
            need(SPACED.contains(name) && !"li".equals(parentName(element)) ? 2 : 1);
        }
        switch (name) {
            case "br" -> breaks++;
            case "li" -> marker("- ");
            case "hr" -> marker("---");
            case "td", "th" -> space = true;
            case "pre" -> preformatted++;
            case "blockquote" -> quotes++;
            case "img" -> alternative(element);
            default -> {}
        }
    }

    @Override
    public void tail(Node node, int depth) {
        if (!(node instanceof Element element)) {
            return;
        }
        String name = element.normalName();
        if (name.equals("a")) {
            link(element);
        }
        if (name.equals("pre")) {
            preformatted--;
        } else if (name.equals("blockquote")) {
            quotes--;
        }
        if (BLOCKS.contains(name)) {
            need(SPACED.contains(name) ? 2 : 1);
        }
        if (isHidden(element)) {
            hidden--;
        }
    }

    private void link(Element element) {
        String target = element.attr("href").trim();
        String lower = target.toLowerCase(Locale.ROOT);
        boolean useful = lower.startsWith("http://") || lower.startsWith("https://");
        if (hidden == 0 && useful && target.length() <= 500 && !same(element.text(), target)) {
            write(" (" + target + ")");
        }
    }

    private static boolean same(String label, String target) {
        String bare = target.replaceFirst("(?i)^https?://(www\\.)?", "").replaceFirst("/$", "");
        return label.isBlank() || label.trim().replaceFirst("/$", "").endsWith(bare);
    }

    private void alternative(Element image) {
        String alt = SafeText.line(image.attr("alt"), 100);
        if (hidden == 0 && !alt.isEmpty()) {
            write("[" + alt + "]");
        }
    }

    private void marker(String text) {
        if (hidden == 0) {
            word(text);
            space = false;
            if (text.equals("---")) {
                need(1);
            }
        }
    }

    private void write(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (preformatted > 0 && c == '\n') {
                breaks++;
            } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\u00a0') {
                if (preformatted > 0) {
                    word(" ");
                } else {
                    space = true;
                }
            } else if (c != '\u200b' && c != '\u00ad' && c != '\u034f') {
                word(String.valueOf(c));
            }
        }
    }

    private void need(int lines) {
        breaks = Math.max(breaks, lines);
    }

    private void word(String text) {
        if (breaks > 0 && out.length() > 0) {
            for (int i = 0; i < Math.min(breaks, 3); i++) {
                out.append('\n');
                if (i < Math.min(breaks, 3) - 1 && quotes > 0) {
                    out.append(">".repeat(Math.min(quotes, DEEPEST_QUOTE)));
                }
            }
        }
        if (out.length() == 0 || breaks > 0) {
            out.append("> ".repeat(Math.min(quotes, DEEPEST_QUOTE)));
        } else if (space && out.charAt(out.length() - 1) != ' ') {
            out.append(' ');
        }
        breaks = 0;
        space = false;
        out.append(text);
    }

    private static String parentName(Element element) {
        Element parent = element.parent();
        return parent == null ? "" : parent.normalName();
    }

    private static boolean isHidden(Element element) {
        return HIDDEN.contains(element.normalName())
                || style(element).contains("display:none")
                || style(element).contains("mso-hide:all");
    }

    private static String style(Element element) {
        String style = element.attr("style");
        return style.isEmpty()
                ? style
                : style.substring(0, Math.min(style.length(), 2_000))
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("\\s", "");
    }

    /** The marks that mail programs leave where their quote begins. */
    private static boolean isQuoteStart(Element element) {
        String id = element.id();
        if (element.hasClass("gmail_quote")) {
            Element parent = element.parent();
            return !element.normalName().equals("blockquote") && (parent == null || !parent.hasClass("gmail_quote"));
        }
        return element.hasClass("moz-cite-prefix")
                || element.hasClass("protonmail_quote")
                || element.hasClass("yahoo_quoted")
                || element.hasClass("zmail_extra")
                || element.hasClass("tutanota_quote")
                || id.equals("appendonsend")
                || id.equals("divRplyFwdMsg")
                || id.startsWith("yahoo_quoted")
                || (element.normalName().equals("div")
                        && style(element).contains("border-top:solid#")
                        && style(element).contains("1.0pt"));
    }
}
