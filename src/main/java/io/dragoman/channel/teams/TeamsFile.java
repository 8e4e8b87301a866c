// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.teams;

import io.dragoman.connector.Account;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Response;
import io.dragoman.connector.Transport;
import io.dragoman.connector.kit.MediaDownload;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import java.net.URI;
import java.util.Optional;

/**
 * Fetches what a customer attached: a file by a link that is its own permission, a picture of the connector's with our
 * token.
 */
final class TeamsFile {
    private static final long LARGEST = 1L << 30;
    private static final String ATTACHMENTS = "/v3/attachments/";

    private TeamsFile() {}

    static Outcome fetch(Account account, Part.Media media, Transport transport) {
        Optional<URI> address = MediaDownload.address(media.source());
        if (address.isEmpty()) {
            return MediaDownload.noAddress();
        }
        HttpCall call = HttpCall.get(address.get()).trusting(account.get(Teams.BASE_URL));
        return isConnectors(account, address.get())
                ? transport
                        .tokens()
                        .attempt(
                                Teams.credentials(account),
                                transport,
                                (token, answered) ->
                                        MediaDownload.fetch(call.bearer(token), LARGEST, null, transport, answered),
                                TeamsFile::refused)
                        .repeatable()
                : MediaDownload.fetch(call.follow(2), LARGEST, null, transport, TeamsFile::refused);
    }

    private static boolean isConnectors(Account account, URI address) {
        return address.getPath().contains(ATTACHMENTS)
                && ServiceUrl.allowed(account, address.toString()).isPresent();
    }

    private static Outcome refused(Response answer) {
        return MediaDownload.isGone(answer)
                ? new Outcome.Refused(Reason.MEDIA_REFUSED, "Teams answered " + answer.status())
                : Outcome.of(answer, "Teams");
    }
}
