// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.http;

import io.dragoman.connector.Features;
import io.dragoman.connector.Limits;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Side;
import io.dragoman.profile.Profile;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A provider of messages to customers, as a file describes it. Immutable. */
final class ChannelProfile extends Profile {
    private final @Nullable String identity;
    private final CustomerReader reader;
    private final @Nullable Sending sending;
    private final Limits limits;
    private final @Nullable Looking looking;

    /**
     * @param identity the type of a sender's identity where it is no phone number; null for a number
     * @param reader what its webhooks say
     * @param sending null when nothing can be sent
     * @param looking null when it cannot be asked about customers
     */
    ChannelProfile(
            Head head,
            @Nullable String identity,
            CustomerReader reader,
            @Nullable Sending sending,
            Limits limits,
            @Nullable Looking looking) {
        super(head);
        this.identity = identity;
        this.reader = reader;
        this.sending = sending;
        this.limits = limits;
        this.looking = looking;
    }

    @Nullable
    String identity() {
        return identity;
    }

    CustomerReader reader() {
        return reader;
    }

    @Nullable
    Sending sending() {
        return sending;
    }

    @Nullable
    Looking looking() {
        return looking;
    }

    Limits limits() {
        return limits;
    }

    @Override
    protected Side side() {
        return Side.CHANNEL;
    }

    /** Its row in the tables. */
    Features features() {
        return Features.receives(receiving() == null ? "nothing" : "webhook")
                .sends(sending == null ? "nothing" : sent(sending))
                .receipts(reader.receipt() != null ? "as the provider tells" : "none")
                .verification(receiving() == null ? "" : receiving().verification())
                .setUp(setUp().toArray(String[]::new))
                .unverified(unverified())
                .needs(settings().stream()
                        .filter(setting -> setting.required() || setting.verifies())
                        .map(Setting::name)
                        .toArray(String[]::new));
    }

    private static String sent(Sending sending) {
        return Sending.TYPES.stream().filter(sending.calls()::containsKey).collect(Collectors.joining(", "));
    }
}
