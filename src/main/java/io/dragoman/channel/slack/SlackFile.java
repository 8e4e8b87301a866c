// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.slack;

import io.dragoman.connector.Account;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Transport;
import io.dragoman.connector.kit.MediaDownload;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/** Fetches a file that a customer attached. */
final class SlackFile {
    private static final long LARGEST = 1L << 30;

    private SlackFile() {}

    static Outcome fetch(Account account, Part.Media media, Transport transport) {
        Optional<URI> address = MediaDownload.address(media.source());
        if (address.isEmpty()) {
            return MediaDownload.noAddress();
        }
        HttpCall call = HttpCall.get(address.get()).trusting(account.get(Slack.BASE_URL));
        boolean theirs = isSlack(address.get()) || call.isTrusted();
        Outcome outcome = MediaDownload.fetch(
                theirs ? call.bearer(account.get(Slack.BOT_TOKEN)) : call, LARGEST, "Slack", transport);
        boolean page = outcome instanceof Outcome.Fetched fetched
                && fetched.blob().mimeType().startsWith("text/html")
                && !media.mimeType().startsWith("text/");
        return page // a login, with 200
                ? new Outcome.Refused(Reason.AUTHENTICATION_FAILED, "Slack gave a page: botToken lacks files:read")
                : outcome;
    }

    /** The token goes to Slack alone, over TLS. */
    private static boolean isSlack(URI uri) {
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        return "https".equals(uri.getScheme()) && (host.equals("slack.com") || host.endsWith(".slack.com"));
    }
}
