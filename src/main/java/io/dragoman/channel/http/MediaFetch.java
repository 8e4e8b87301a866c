// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.http;

import io.dragoman.connector.Account;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.TokenGrant;
import io.dragoman.connector.Transport;
import io.dragoman.connector.kit.MediaDownload;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import io.dragoman.profile.ExpressionFailed;
import java.net.URI;
import java.util.Optional;

/** Fetches what a customer sent by its link: with the account's credentials only where the link is the provider's. */
final class MediaFetch {
    /** The largest file that is taken, in bytes. */
    static final long LARGEST = 100L * 1024 * 1024;

    private static final int MOST_REDIRECTS = 3;

    private final Account account;
    private final ChannelProfile profile;

    MediaFetch(Account account, ChannelProfile profile) {
        this.account = account;
        this.profile = profile;
    }

    Outcome fetch(Part.Media media, Transport transport) {
        Optional<URI> address = MediaDownload.address(media.source());
        if (address.isEmpty()) {
            return MediaDownload.noAddress();
        }
        HttpCall call = HttpCall.get(address.get()).follow(MOST_REDIRECTS);
        try {
            HttpCall file = profile.file(account, call);
            Optional<TokenGrant> grant = profile.fileGrant(account, file);
            return grant.isEmpty()
                    ? MediaDownload.fetch(file, LARGEST, profile.title(), transport)
                    : MediaDownload.fetch(
                            grant.get(), file, LARGEST, null, transport, MediaDownload.refusals(profile.title()));
        } catch (ExpressionFailed e) {
            return new Outcome.Refused(Reason.UNSUPPORTED, String.valueOf(e.getMessage()));
        }
    }
}
