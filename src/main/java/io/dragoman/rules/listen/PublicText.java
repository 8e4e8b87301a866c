// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.listen;

import io.dragoman.rules.facts.Facts;
import io.dragoman.rules.text.SearchText;
import io.dragoman.rules.text.TextFolding;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What somebody wrote in public, as streams look at it; each is worked out when first asked for. For one thread. */
final class PublicText {
    private static final Pattern HASHTAG = Pattern.compile("(?<![\\p{L}\\p{N}_&])#([\\p{L}\\p{M}\\p{N}_]{1,200})");

    private final Facts facts;
    private @Nullable Set<String> hashtags;

    PublicText(Facts facts) {
        this.facts = facts;
    }

    String channel() {
        return facts.conversation().channel();
    }

    String kind() {
        return facts.conversation().kind();
    }

    SearchText words() {
        return facts.text();
    }

    /** Folded, without their #. */
    Set<String> hashtags() {
        if (hashtags == null) {
            hashtags = new LinkedHashSet<>();
            Matcher found = HASHTAG.matcher(facts.text().folded());
            while (found.find()) {
                hashtags.add(found.group(1));
            }
        }
        return hashtags;
    }

    static String hashtag(String written) {
        String folded = TextFolding.fold(written);
        return folded.startsWith("#") ? folded.substring(1) : folded;
    }

    /** As the channel tells, else as the words are surely of; null where neither says it. */
    @Nullable
    String language() {
        return facts.language().orElse(null);
    }

    /** Where it was written, where the channel tells. */
    @Nullable
    String country() {
        return facts.situation().event().sender().country();
    }
}
