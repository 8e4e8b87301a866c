// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.listen;

import io.dragoman.rules.text.Keyword;
import io.dragoman.rules.text.Languages;
import io.dragoman.rules.text.QuotedText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stream of what is written in public: all that it names must be so, and what it does not name is not looked at.
 *
 * @param channels ids, one of which it came in on; so with kinds
 * @param any of these words one is found; of {@code all} each, and of {@code none} not one
 * @param hashtags one of them is found; folded, without #
 * @param languages one of them it is written in
 * @param places one of these countries it was written in
 * @param unplaced whether it may come from nobody knows where
 * @param tags that its conversations get
 */
public record HeardStream(
        String id,
        List<String> channels,
        List<String> kinds,
        List<Keyword> any,
        List<Keyword> all,
        List<Keyword> none,
        List<String> hashtags,
        List<String> languages,
        List<String> places,
        boolean unplaced,
        List<String> tags) {
    public HeardStream {
        channels = List.copyOf(channels);
        kinds = List.copyOf(kinds);
        any = List.copyOf(any);
        all = List.copyOf(all);
        none = List.copyOf(none);
        hashtags = List.copyOf(hashtags);
        languages = List.copyOf(languages);
        places = List.copyOf(places);
        tags = List.copyOf(tags);
    }

    /** By what it hears a text; empty when it does not. */
    Optional<String> hears(PublicText text) {
        List<String> why = new ArrayList<>();
        boolean heard = named(channels, text.channel(), why)
                && named(kinds, text.kind(), why)
                && words(text, why)
                && hashtags(text, why)
                && language(text, why)
                && place(text.country(), why);
        return heard ? Optional.of(why.isEmpty() ? "it hears everything" : String.join(", ", why)) : Optional.empty();
    }

    private static boolean named(List<String> wanted, String found, List<String> why) {
        if (wanted.isEmpty()) {
            return true;
        }
        why.add("on " + found);
        return wanted.contains(found);
    }

    private boolean words(PublicText text, List<String> why) {
        List<String> found = found(any, text);
        List<String> each = found(all, text);
        if ((!any.isEmpty() && found.isEmpty())
                || each.size() < all.size()
                || !found(none, text).isEmpty()) {
            return false;
        }
        found.addAll(each);
        if (!found.isEmpty()) {
            why.add(QuotedText.quote(found) + " found");
        }
        return true;
    }

    private static List<String> found(List<Keyword> words, PublicText text) {
        List<String> found = new ArrayList<>();
        words.stream().filter(word -> word.in(text.words())).forEach(word -> found.add(word.written()));
        return found;
    }

    private boolean hashtags(PublicText text, List<String> why) {
        List<String> found = hashtags.stream().filter(text.hashtags()::contains).toList();
        found.forEach(tag -> why.add("#" + tag));
        return hashtags.isEmpty() || !found.isEmpty();
    }

    private boolean language(PublicText text, List<String> why) {
        if (languages.isEmpty()) {
            return true; // so that no language is guessed for nothing
        }
        String language = text.language();
        why.add("in " + language);
        return language != null && languages.stream().anyMatch(tag -> Languages.within(language, tag));
    }

    private boolean place(@Nullable String country, List<String> why) {
        if (places.isEmpty()) {
            return true;
        }
        why.add(country == null ? "from an unknown place" : "from " + country);
        return country == null ? unplaced : places.contains(country);
    }
}
