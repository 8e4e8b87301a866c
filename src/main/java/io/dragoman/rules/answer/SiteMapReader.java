// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.answer;

import io.dragoman.rules.schema.RuleValues;
import io.dragoman.rules.schema.SchemaKey;
import io.dragoman.rules.schema.SchemaKey.Form;
import io.dragoman.rules.text.Languages;
import io.dragoman.rules.text.QuotedText;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problems;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code siteMaps} of {@code faq.yaml}. */
final class SiteMapReader {
    static final String LIST = "siteMaps";

    private static final String MAP = LIST + "[].";

    static final List<SchemaKey> KEYS = List.of(
            new SchemaKey(
                    MAP + "url",
                    Form.TEXT,
                    "The address of a site map, whose pages are answers too.",
                    "https://shop.example/sitemap.xml"),
            new SchemaKey(MAP + "under", Form.TEXT, "Only pages whose path begins so.", "/help/"),
            new SchemaKey(
                    MAP + "refresh",
                    Form.TEXT,
                    "How long what was fetched is used; 1d unless said, at least 1h.",
                    "1d"),
            new SchemaKey(
                    MAP + "pages", Form.NUMBER, "So many pages are fetched; 200 unless said, at most 1000.", "200"),
            new SchemaKey(MAP + "language", Form.TEXT, "The language of pages that do not say it.", "en"),
            new SchemaKey(MAP + "tags", Form.TEXTS, "Words by which rules choose among entries.", "[help]"));

    private static final Set<String> NAMES = SchemaKey.names(KEYS, MAP);
    private static final Duration USUAL = Duration.ofDays(1);
    private static final Duration SOONEST = Duration.ofHours(1);
    private static final int PAGES = 200;
    private static final int MOST_PAGES = 1_000;
    private static final int MOST_MAPS = 10;

    private final Problems problems;

    SiteMapReader(Problems problems) {
        this.problems = problems;
    }

    List<SiteMap> read(Node list) {
        List<SiteMap> maps = new ArrayList<>();
        Set<URI> seen = new HashSet<>();
        List<Node> nodes = list.needItems(problems);
        if (nodes.size() > MOST_MAPS) {
            problems.add(list, "has " + nodes.size() + " site maps but may have at most " + MOST_MAPS + ".");
        }
        for (Node node : nodes) {
            node.needEntries(problems);
            node.allowKeys(problems, NAMES);
            if (node.shape() == Node.Shape.MAP) {
                map(node).ifPresent(map -> {
                    if (!seen.add(map.url())) {
                        problems.add(node, "names the same site map as another. Take one of both out.");
                    }
                    maps.add(map);
                });
            }
        }
        return List.copyOf(maps);
    }

    private Optional<SiteMap> map(Node node) {
        Node url = node.get("url").orElse(null);
        if (url == null) {
            problems.missing(node, "url", "is missing. Write the address of the site map.");
            return Optional.empty();
        }
        String text = RuleValues.text(url, problems);
        URI address = text == null ? null : FaqReader.address(text).orElse(null);
        if (address == null) {
            if (text != null) {
                problems.add(
                        url, "is " + QuotedText.quote(text) + " but must be an address that begins with https://.");
            }
            return Optional.empty();
        }
        return Optional.of(new SiteMap(address, under(node), refresh(node), pages(node), language(node), tags(node)));
    }

    private String under(Node node) {
        Node under = node.get("under").orElse(null);
        String text = under == null ? null : RuleValues.text(under, problems);
        if (under != null && text != null && !text.startsWith("/")) {
            problems.add(under, "is " + QuotedText.quote(text) + " but must be a path that begins with /.");
        }
        return text == null ? "/" : text;
    }

    private Duration refresh(Node node) {
        Node refresh = node.get("refresh").orElse(null);
        Duration time = refresh == null ? null : RuleValues.duration(refresh, problems);
        if (refresh != null && time != null && time.compareTo(SOONEST) < 0) {
            problems.add(refresh, "must be at least 1h.");
        }
        return time == null ? USUAL : time;
    }

    private int pages(Node node) {
        Node pages = node.get("pages").orElse(null);
        if (pages == null) {
            return PAGES;
        }
        String text = pages.needText(problems);
        if (text.matches("[1-9]\\d{0,3}") && Integer.parseInt(text) <= MOST_PAGES) {
            return Integer.parseInt(text);
        }
        if (pages.shape() == Node.Shape.TEXT) {
            problems.add(pages, "is " + QuotedText.quote(text) + " but must be from 1 to " + MOST_PAGES + ".");
        }
        return PAGES;
    }

    private @Nullable String language(Node node) {
        Node language = node.get("language").orElse(null);
        String tag = language == null ? null : RuleValues.text(language, problems);
        if (language != null && tag != null && !Languages.isTag(tag)) {
            problems.add(language, "is " + QuotedText.quote(tag) + ", which is no language tag such as de or pt-BR.");
        }
        return tag;
    }

    private List<String> tags(Node node) {
        return node.get("tags").map(tags -> RuleValues.texts(tags, problems)).orElse(List.of());
    }
}
