// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.answer;

import io.dragoman.rules.text.Languages;
import io.dragoman.rules.text.TextFolding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What customers ask often, with the answers. The index is made when first asked for. Immutable and thread-safe. */
public final class Faq {
    /** No questions at all. */
    public static final Faq EMPTY = new Faq(List.of());

    /** The score from which on a question is taken for answered: chosen by measuring, see {@code docs/answers.md}. */
    public static final double ENOUGH = 0.27;
    /** How far the next entry must be behind. */
    public static final double AHEAD = 0.04;

    private final List<FaqEntry> written;
    private final List<SiteMap> siteMaps;
    private final Map<String, List<FaqEntry>> entries;
    private @Nullable Map<String, LanguageIndex> index;

    public Faq(List<FaqEntry> entries) {
        this(entries, List.of());
    }

    /** @param siteMaps whose pages may be answers too */
    public Faq(List<FaqEntry> entries, List<SiteMap> siteMaps) {
        this.written = List.copyOf(entries);
        this.siteMaps = List.copyOf(siteMaps);
        this.entries = entries.stream()
                .collect(Collectors.groupingBy(
                        entry -> Languages.base(entry.language()), LinkedHashMap::new, Collectors.toList()));
    }

    /** The sites whose pages are to be answers too. */
    public List<SiteMap> siteMaps() {
        return siteMaps;
    }

    /** The same with entries that pages make; what is asked here already is answered as it is written here. */
    public Faq with(List<FaqEntry> pages) {
        Set<String> asked = new HashSet<>();
        written.forEach(entry -> entry.questions().forEach(question -> asked.add(key(entry, question))));
        List<FaqEntry> all = new ArrayList<>(written);
        for (FaqEntry page : pages) {
            List<String> fresh = page.questions().stream()
                    .filter(question -> asked.add(key(page, question)))
                    .toList();
            if (!fresh.isEmpty()) {
                all.add(new FaqEntry(fresh, page.answer(), page.language(), page.source(), page.tags(), page.place()));
            }
        }
        return new Faq(all, siteMaps);
    }

    private static String key(FaqEntry entry, String question) {
        return Languages.base(entry.language()) + " " + TextFolding.fold(question);
    }

    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /** All entries, by language. */
    public List<FaqEntry> entries() {
        return entries.values().stream().flatMap(List::stream).toList();
    }

    /** The languages that something is answered in, without country or script. */
    public Set<String> languages() {
        return entries.keySet();
    }

    /**
     * The entries that come nearest to a text, the nearest first.
     *
     * @param language of the text; null where it is not known: then all languages are searched
     * @param tags of which an entry must have one; none for any entry
     */
    public List<Match> find(String text, @Nullable String language, Set<String> tags, int most) {
        Predicate<FaqEntry> allowed =
                entry -> tags.isEmpty() || entry.tags().stream().anyMatch(tags::contains);
        Map<String, LanguageIndex> all = index();
        Stream<LanguageIndex> searched =
                language == null ? all.values().stream() : Stream.ofNullable(all.get(Languages.base(language)));
        return searched.flatMap(one -> one.find(text, allowed).stream())
                .sorted(Match.NEAREST)
                .limit(most)
                .toList();
    }

    /** Whether the first of what was found is near enough, and far enough ahead, to be the answer. */
    public static boolean isEnough(List<Match> found) {
        return !found.isEmpty()
                && found.get(0).score() >= ENOUGH
                && (found.size() < 2 || found.get(0).score() - found.get(1).score() >= AHEAD);
    }

    private synchronized Map<String, LanguageIndex> index() {
        if (index == null) {
            Map<String, LanguageIndex> made = new LinkedHashMap<>();
            entries.forEach((language, ones) -> made.put(language, new LanguageIndex(language, ones)));
            index = made;
        }
        return index;
    }

    @Override
    public String toString() {
        return "Faq[" + entries().size() + "]";
    }
}
