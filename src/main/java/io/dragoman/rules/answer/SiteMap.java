// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.answer;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A site whose pages are answers: those that its site map names.
 *
 * @param url of the site map
 * @param under what the paths of its pages begin with
 * @param refresh how long what was fetched is used
 * @param most so many pages are fetched
 * @param language of pages that do not say it themselves; null for that of their words
 * @param tags of each page: rules choose among entries by them
 */
public record SiteMap(
        URI url,
        String under,
        Duration refresh,
        int most,
        @Nullable String language,
        List<String> tags) {
    public SiteMap {
        tags = List.copyOf(tags);
    }
}
