// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.http;

import io.dragoman.connector.Account;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Transport;
import io.dragoman.connector.kit.MediaDownload;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** Fetches what a customer sent by its link: with the account's credentials only where the link is the provider's. */
final class MediaFetch {
    private static final long LARGEST = 100L * 1024 * 1024;
    private static final int MOST_REDIRECTS = 3;

    private final Account account;
    private final Profile profile;

    MediaFetch(Account account, Profile profile) {
        this.account = account;
        this.profile = profile;
    }

    Outcome fetch(Part.Media media, Transport transport) {
        Optional<URI> address = MediaDownload.address(media.source());
        if (address.isEmpty()) {
            return MediaDownload.noAddress();
        }
        HttpCall call = HttpCall.get(address.get()).follow(MOST_REDIRECTS);
        Optional<URI> base = profile.base(account);
        CallTemplate login = profile.description().mediaLogin();
        if (login != null && base.isPresent() && HttpCall.sameOrigin(base.get(), address.get())) {
            try {
                call = login.login(call.trusting(base.get()), Map.of("settings", SettingText.all(account)));
                // only Authorization stays behind when a redirect leads to another host
                call = call.headers().isEmpty() ? call : call.follow(0);
            } catch (ExpressionFailed e) {
                return new Outcome.Refused(Reason.UNSUPPORTED, String.valueOf(e.getMessage()));
            }
        }
        return MediaDownload.fetch(call, LARGEST, profile.title(), transport);
    }
}
