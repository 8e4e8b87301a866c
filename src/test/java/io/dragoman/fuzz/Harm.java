// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fuzz;

import java.util.Locale;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Comment;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jspecify.annotations.Nullable;

/** What cleaned HTML must not hold, looked for in the tree that a browser would make of it. */
public final class Harm {
    private static final Set<String> ELEMENTS = Set.of(
            "script",
            "style",
            "iframe",
            "frame",
            "frameset",
            "object",
            "embed",
            "applet",
            "form",
            "input",
            "button",
            "textarea",
            "select",
            "option",
            "link",
            "meta",
            "base",
            "svg",
            "math",
            "template",
            "noscript",
            "noembed",
            "noframes",
            "xmp",
            "plaintext",
            "video",
            "audio",
            "source",
            "track",
            "canvas",
            "portal",
            "dialog",
            "marquee",
            "isindex",
            "keygen",
            "foreignobject",
            "title",
            "textpath",
            "animate",
            "set",
            "image");
    private static final Set<String> SCHEMES = Set.of("http", "https", "mailto", "tel", "cid", "sms");

    private Harm() {}

    /** The first harm found; null for none. */
    public static @Nullable String in(String html) {
        String first = in(Jsoup.parseBodyFragment(html).body());
        // and again as a browser that was handed the text of a browser's tree: mutation XSS
        return first != null
                ? first
                : in(Jsoup.parseBodyFragment(
                                Jsoup.parseBodyFragment(html).body().html())
                        .body());
    }

    private static @Nullable String in(Node root) {
        for (Node node : root.nodeStream().toList()) {
            if (node instanceof Comment || node instanceof DataNode) {
                return "a comment or raw text";
            }
            if (node instanceof Element element) {
                String name = element.normalName();
                if (ELEMENTS.contains(name) || name.indexOf(':') >= 0) {
                    return "<" + name + ">";
                }
                for (Attribute attribute : element.attributes()) {
                    String harm = harm(name, attribute);
                    if (harm != null) {
                        return harm;
                    }
                }
            }
        }
        return null;
    }

    private static @Nullable String harm(String element, Attribute attribute) {
        String name = attribute.getKey().toLowerCase(Locale.ROOT);
        String value = attribute.getValue();
        if (name.startsWith("on") || name.equals("style") || name.equals("srcdoc") || name.equals("srcset")) {
            return "the attribute " + name;
        }
        if (name.equals("src") && element.equals("img") && !value.startsWith("cid:") && !value.isEmpty()) {
            return "a picture from elsewhere";
        }
        if (name.equals("href") || name.equals("src") || name.equals("cite") || name.contains("href")) {
            // as browsers do: spaces and controls at the start and line ends anywhere do not count
            String plain = value.replaceAll("[\\t\\r\\n]", "").replaceAll("^[\\x00-\\x20]+", "");
            int colon = plain.indexOf(':');
            String scheme = colon < 0 ? "" : plain.substring(0, colon).toLowerCase(Locale.ROOT);
            if (!scheme.isEmpty() && !SCHEMES.contains(scheme) && !plain.startsWith("#")) {
                return "the scheme " + scheme;
            }
        }
        return null;
    }
}
