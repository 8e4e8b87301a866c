// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.kit;

import io.dragoman.model.UnicodeText;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.jsoup.safety.Cleaner;
import org.jsoup.safety.Safelist;
import org.jspecify.annotations.Nullable;

/**
 * Makes untrusted HTML harmless: only what is listed here passes. Remote pictures tell their sender that the mail was
 * read, so their address moves to {@code data-remote}, where a desk may offer to show them; {@code cid:} stays, with
 * the place of the picture among the message's parts in {@code data-part}.
 */
public final class HtmlCleaner {
    /** The longest HTML kept. */
    public static final int LONGEST = 1_000_000;

    /** Newsletters have some thousands. */
    private static final int MOST_TAGS = 50_000;

    /** Tables in tables in tables end somewhere; deeper trees take the cleaner quadratic time. */
    private static final int DEEPEST = 200;

    /** Removed with what they hold; the rest of what is not allowed loses only its tags. */
    private static final String HIDDEN =
            "head,style,script,noscript,template,svg,math,iframe,frame,object,embed,applet,"
                    + "title,select,textarea,button,input,audio,video,canvas";

    private static final Pattern CHARSET = Pattern.compile("(?i)charset\\s{0,5}=\\s{0,5}[\"']?([a-z0-9_-]{2,40})");

    private HtmlCleaner() {}

    /** What a mail may show. */
    private static Safelist allowed() {
        return new Safelist()
                .addTags("a", "abbr", "b", "bdo", "blockquote", "br", "caption", "center", "cite", "code", "col")
                .addTags("colgroup", "dd", "del", "div", "dl", "dt", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr")
                .addTags(
                        "i", "img", "ins", "li", "ol", "p", "pre", "q", "s", "small", "span", "strike", "strong", "sub")
                .addTags("sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul")
                .addAttributes(":all", "dir", "lang")
                .addAttributes("a", "href", "title")
                .addAttributes("img", "src", "alt", "title", "width", "height", "data-remote", "data-part")
                .addAttributes("td", "colspan", "rowspan", "align", "valign")
                .addAttributes("th", "colspan", "rowspan", "align", "valign")
                .addAttributes("ol", "start", "type")
                .addProtocols("a", "href", "http", "https", "mailto", "tel")
                .addProtocols("img", "src", "cid")
                .addEnforcedAttribute("a", "rel", "noopener noreferrer nofollow")
                .addEnforcedAttribute("a", "target", "_blank");
    }

    /**
     * Cleans a mail's HTML.
     *
     * @param pictures the index of the part that each Content-ID names
     */
    public static String clean(Document document, Map<String, Integer> pictures) {
        Document copy = document.clone();
        copy.select(HIDDEN).remove();
        copy.select("img").forEach(image -> block(image, pictures));
        return written(copy);
    }

    /** Cleans HTML of our own side, where a remote picture is wanted. */
    public static String cleanOwn(String html) {
        Document document = parse(html);
        document.select(HIDDEN).remove();
        Safelist list = allowed().addProtocols("img", "src", "https");
        return finished(new Cleaner(list).clean(document));
    }

    public static Document parse(String html) {
        Parser parser = Parser.htmlParser().setMaxDepth(DEEPEST);
        return Jsoup.parse(bounded(html), "", parser);
    }

    /** As much of a page as is read. */
    public static String bounded(String html) {
        int tags = 0;
        for (int i = 0; i < Math.min(html.length(), LONGEST); i++) {
            tags += html.charAt(i) == '<' ? 1 : 0;
            if (tags > MOST_TAGS) {
                return html.substring(0, i);
            }
        }
        return UnicodeText.cut(html, LONGEST);
    }

    private static void block(Element image, Map<String, Integer> pictures) {
        String source = image.attr("src").trim();
        image.removeAttr("data-remote").removeAttr("data-part");
        String lower = source.toLowerCase(Locale.ROOT);
        if (lower.startsWith("cid:")) {
            Integer part = pictures.get(source.substring(4).trim());
            if (part != null) {
                image.attr("data-part", String.valueOf(part));
            }
            return;
        }
        image.removeAttr("src");
        if (lower.startsWith("http://") || lower.startsWith("https://")) {
            image.attr("data-remote", source);
        } else if (lower.startsWith("//")) {
            image.attr("data-remote", "https:" + source);
        } else {
            image.remove();
        }
    }

    private static String written(Document document) {
        return finished(new Cleaner(allowed()).clean(document));
    }

    private static String finished(Document clean) {
        clean.outputSettings().prettyPrint(false).charset(StandardCharsets.UTF_8);
        return SafeText.text(clean.body().html()).trim();
    }

    /** The charset that the first bytes of an HTML page name, for a part that does not. */
    public static @Nullable String declaredCharset(byte[] html) {
        Matcher meta = CHARSET.matcher(new String(html, 0, Math.min(html.length, 2_048), StandardCharsets.ISO_8859_1));
        return meta.find() ? meta.group(1) : null;
    }
}
