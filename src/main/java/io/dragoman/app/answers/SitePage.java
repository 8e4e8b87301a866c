// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.answers;

import io.dragoman.model.UnicodeText;
import io.dragoman.rules.answer.FaqEntry;
import io.dragoman.rules.answer.LanguageGuess;
import io.dragoman.rules.answer.SiteMap;
import io.dragoman.rules.text.Languages;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** What a page of a site answers: its title and headings are the questions, the beginning of its text is the answer. */
final class SitePage {
    private static final String BESIDE =
            "script, style, nav, header, footer, aside, form, noscript, template, button, svg";
    private static final int MOST_HEADINGS = 20;
    private static final int LONGEST_HEADING = 200;
    private static final int LONGEST_ANSWER = 800;

    private SitePage() {}

    /** Reads one; empty where it has no title or text, asks not to be found, or its language is not known. */
    static Optional<FaqEntry> read(URI address, Document page, SiteMap map) {
        if (page.select("meta[name=robots]").attr("content").contains("noindex")) {
            return Optional.empty();
        }
        Element main = Optional.ofNullable(page.selectFirst("main, [role=main], article"))
                .orElse(page.body());
        Optional<String> heading = Optional.ofNullable(page.selectFirst("h1")).map(Element::text);
        main.select(BESIDE).remove();
        String title =
                heading.filter(text -> !text.isBlank()).orElse(page.title()).strip();
        String answer = answer(main);
        Optional<String> language = language(page, map, answer);
        if (title.isEmpty() || answer.isEmpty() || language.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new FaqEntry(
                questions(title, main), answer, language.get(), address.toString(), map.tags(), address.toString()));
    }

    private static List<String> questions(String title, Element main) {
        Set<String> questions = new LinkedHashSet<>();
        questions.add(UnicodeText.cut(title, LONGEST_HEADING));
        main.select("h2, h3").stream()
                .map(one -> one.text().strip())
                .filter(text -> !text.isEmpty() && text.length() <= LONGEST_HEADING)
                .limit(MOST_HEADINGS)
                .forEach(questions::add);
        return List.copyOf(questions);
    }

    /** Its first paragraphs, as many as are short enough; the first is cut where it alone is too long. */
    private static String answer(Element main) {
        List<String> paragraphs = main.select("p, li").stream()
                .filter(one -> one.parents().stream().noneMatch(above -> above.nameIs("li")))
                .map(one -> one.text().strip())
                .filter(text -> !text.isEmpty())
                .toList();
        Stream<String> all = paragraphs.isEmpty() ? Stream.of(main.text().strip()) : paragraphs.stream();
        StringBuilder answer = new StringBuilder();
        for (String one : all.collect(Collectors.toList())) {
            if (answer.length() + one.length() >= LONGEST_ANSWER) {
                return answer.length() > 0 ? answer.toString() : UnicodeText.cut(one, LONGEST_ANSWER - 1) + "…";
            }
            answer.append(answer.length() == 0 ? "" : "\n").append(one);
        }
        return answer.toString();
    }

    private static Optional<String> language(Document page, SiteMap map, String text) {
        Element root = page.selectFirst("html");
        String said = root == null ? "" : root.attr("lang").strip();
        return Languages.isTag(said)
                ? Optional.of(said)
                : Optional.ofNullable(map.language()).or(() -> LanguageGuess.of(text));
    }
}
