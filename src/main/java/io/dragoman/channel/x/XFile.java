// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.x;

import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.kit.MediaDownload;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fetches what a customer attached. What is in a direct message is asked for at the API, which gives it to those alone
 * who may see it; the address that a message names never gets the account's credentials.
 */
record XFile(ApiClient api) {
    private static final long LARGEST = 512L << 20;
    private static final Set<String> DIRECT = Set.of("ton.twitter.com", "ton.x.com");
    private static final Pattern PLACE =
            Pattern.compile("/(?:1\\.1/ton/data|i/ton/data)/dm/(\\d{1,20})/(\\d{1,20})/([A-Za-z0-9_.-]{1,100})");

    Outcome fetch(Part.Media media) {
        return MediaDownload.address(media.source()).map(this::fetch).orElseGet(MediaDownload::noAddress);
    }

    private Outcome fetch(URI address) {
        Optional<String> direct = direct(address);
        HttpCall call = direct.isPresent()
                ? api.get("/2/dm_conversations/media/" + direct.get())
                : HttpCall.get(address).trusting(api.base()).follow(3);
        return MediaDownload.fetch(
                call,
                LARGEST,
                null,
                api.transport(),
                answer -> MediaDownload.isGone(answer)
                        ? new Outcome.Refused(Reason.MEDIA_REFUSED, "X answered " + answer.status() + ": it is gone")
                        : ErrorTable.refusal(answer, api.transport().clock().instant(), true));
    }

    /** Message, media and name of what only the members of a conversation may have. */
    private static Optional<String> direct(URI address) {
        String host = String.valueOf(address.getHost()).toLowerCase(Locale.ROOT);
        Matcher place = PLACE.matcher(String.valueOf(address.getRawPath()));
        return DIRECT.contains(host) && place.matches() && !place.group(3).startsWith(".")
                ? Optional.of(place.group(1) + "/" + place.group(2) + "/" + place.group(3))
                : Optional.empty();
    }
}
