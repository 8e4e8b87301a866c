// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.http;

import io.dragoman.connector.Account;
import io.dragoman.connector.Features;
import io.dragoman.connector.Limits;
import io.dragoman.connector.Setting;
import io.dragoman.connector.kit.PublicUrls;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A provider as a file describes it, read and checked. Immutable; two are equal when their name and text are, so that an
 * account changes with its profile's file.
 */
final class Profile {
    /** Where the provider's API is; each profile that sends or fetches media has it. */
    static final String BASE_URL = "baseUrl";

    private final String name;
    private final String source;
    private final Description description;
    private final List<Setting<?>> settings;
    private final @Nullable Receiving receiving;
    private final @Nullable Sending sending;
    private final Limits limits;

    /**
     * What the file says of the provider itself.
     *
     * @param title the provider's name, which begins the sentences for the operator
     * @param about one sentence
     * @param identity the type of a sender's identity where it is no phone number; null for a number
     * @param mediaLogin what a request for media at the provider's own address carries; null for nothing
     */
    record Description(
            String title,
            String about,
            @Nullable String identity,
            @Nullable CallTemplate mediaLogin) {}

    Profile(
            String name,
            String source,
            Description description,
            List<Setting<?>> settings,
            @Nullable Receiving receiving,
            @Nullable Sending sending,
            Limits limits) {
        this.name = name;
        this.source = source;
        this.description = description;
        this.settings = List.copyOf(settings);
        this.receiving = receiving;
        this.sending = sending;
        this.limits = limits;
    }

    /** The file's name without its ending. */
    String name() {
        return name;
    }

    String title() {
        return description.title();
    }

    Description description() {
        return description;
    }

    /** Those of an account, without the one that names the profile. */
    List<Setting<?>> settings() {
        return settings;
    }

    /** Null when the provider posts nothing. */
    @Nullable
    Receiving receiving() {
        return receiving;
    }

    /** Null when nothing can be sent. */
    @Nullable
    Sending sending() {
        return sending;
    }

    Limits limits() {
        return limits;
    }

    /** Where the provider of an account is; empty where the profile has no address. */
    Optional<URI> base(Account account) {
        return Optional.ofNullable((URI) account.values().get(BASE_URL));
    }

    /** Where the provider is to call an account, with the secret that the address must have. */
    String callback(Account account) {
        if (receiving == null) {
            return account.callback().toString();
        }
        boolean signed = receiving.checks().stream().anyMatch(Check::signsAddress);
        String address =
                signed ? PublicUrls.callback(account) : account.callback().toString();
        String full = address
                + receiving.checks().stream()
                        .flatMap(check -> check.segment(account).stream())
                        .map(segment -> "/" + segment)
                        .findFirst()
                        .orElse("");
        return receiving.checks().stream()
                .flatMap(check -> check.query(account).stream())
                .findFirst()
                .map(query -> full + "?" + query)
                .orElse(full);
    }

    /** Its row in the tables. */
    Features features() {
        boolean receipts = receiving != null && receiving.receipt() != null;
        return Features.receives(receiving == null ? "nothing" : "webhook")
                .sends(sending == null ? "nothing" : sent(sending))
                .receipts(receipts ? "as the provider tells" : "none")
                .verification(receiving == null ? "" : verification(receiving))
                .needs(settings.stream()
                        .filter(setting -> setting.required() || setting.verifies())
                        .map(Setting::name)
                        .toArray(String[]::new));
    }

    private static String sent(Sending sending) {
        return List.of("text", "media", "template").stream()
                .filter(sending.calls()::containsKey)
                .collect(Collectors.joining(", "));
    }

    private static String verification(Receiving receiving) {
        return receiving.checks().stream().map(Check::description).collect(Collectors.joining(" and "));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Profile profile && name.equals(profile.name) && source.equals(profile.source);
    }

    @Override
    public int hashCode() {
        return source.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
