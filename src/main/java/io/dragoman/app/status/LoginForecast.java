// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.status;

import io.dragoman.connector.AccessTokens;
import io.dragoman.connector.CertificateCredentials;
import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.OAuthLogin;
import io.dragoman.connector.RefreshGrant;
import io.dragoman.connector.RefreshToken;
import io.dragoman.connector.TokenEnd;
import io.dragoman.connector.TokenEnd.End;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How long the logins of channels last, so that a person is called before they end. Asks no provider. Thread-safe. */
public final class LoginForecast {
    /** Time enough for whoever is away for a week. */
    static final Duration SOON = Duration.ofDays(14);

    private final AccessTokens tokens;
    private final Clock clock;

    public LoginForecast(AccessTokens tokens, Clock clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    /**
     * The login of one channel.
     *
     * @param status {@code ok}; {@code ending} within two weeks; {@code refused} by the provider; {@code missing}, nobody
     *     has logged in yet
     * @param endsAt when it ends unless it is renewed; null for unknown
     * @param problem what is wrong and what to do; null when nothing is
     */
    public record LoginStatus(
            String status,
            @Nullable Instant endsAt,
            @Nullable String problem) {
        /** Whether the channel gets no tokens now. */
        public boolean isOver() {
            return status.equals("refused") || status.equals("missing");
        }
    }

    /** That of a channel; empty for one that does not log in with tokens. */
    public Optional<LoginStatus> of(ConfiguredAccount configured) {
        if (configured.connector() instanceof OAuthLogin connector) {
            return connector.oauth(configured.account()).map(this::status);
        }
        return configured.connector() instanceof TokenEnd connector
                ? connector.tokenEnd(configured.account(), tokens.logins()).map(this::status)
                : Optional.empty();
    }

    private LoginStatus status(OAuthLogin.Client client) {
        RefreshGrant person = client.refresh().orElse(null);
        RefreshToken login = null;
        if (person != null) {
            try {
                login = tokens.logins().find(person.account()).orElse(null);
            } catch (IOException e) {
                return new LoginStatus("refused", null, e.getMessage());
            }
            if (login == null) {
                return new LoginStatus("missing", null, "nobody has logged in yet: " + again(person));
            }
        }
        End end = end(client, person, login).orElse(null);
        Instant since = login == null ? Instant.MIN : login.loggedInAt();
        String refusal = client.grants().stream()
                .flatMap(grant -> tokens.refusal(grant, since).stream())
                .findFirst()
                .orElse(null);
        Instant at = end == null ? null : end.at();
        if (refusal != null) {
            return new LoginStatus("refused", at, refusal);
        }
        return end == null ? new LoginStatus("ok", null, null) : status(end);
    }

    private LoginStatus status(End end) {
        Duration left = Duration.between(clock.instant(), end.at());
        return left.compareTo(SOON) > 0
                ? new LoginStatus("ok", end.at(), null)
                : new LoginStatus("ending", end.at(), words(end, left));
    }

    private static Optional<End> end(
            OAuthLogin.Client client, @Nullable RefreshGrant person, @Nullable RefreshToken login) {
        Stream.Builder<End> ends = Stream.builder();
        if (client.expiresAt() != null) {
            boolean certificate = client.grants().stream().anyMatch(CertificateCredentials.class::isInstance);
            ends.add(
                    certificate
                            ? new End(
                                    client.expiresAt(),
                                    "the certificate in oauth.keyFile",
                                    "make a new one, register it at the provider, then put key and certificate into the file")
                            : person == null
                                    ? new End(
                                            client.expiresAt(),
                                            "oauth.clientSecret",
                                            "make a new one at the provider, then correct it and oauth.expiresAt")
                                    : new End(
                                            client.expiresAt(),
                                            "the login, or oauth.clientSecret,",
                                            again(person)
                                                    + ", or make a new secret at the provider, then correct oauth.expiresAt"));
        }
        if (person != null && login != null && login.endsAt() != null) {
            ends.add(new End(login.endsAt(), "the login", again(person)));
        }
        if (person != null && login != null && client.unused() != null) {
            ends.add(new End(
                    login.renewedAt().plus(client.unused()),
                    "the login, last renewed " + day(login.renewedAt()) + ",",
                    again(person)));
        }
        return ends.build().min(Comparator.comparing(End::at));
    }

    private static String words(End end, Duration left) {
        long days = left.toDays();
        return end.what()
                + (left.isNegative() ? " ended on " : " ends on ")
                + day(end.at())
                + (left.isNegative() ? "" : days == 1 ? ", in 1 day" : ", in " + days + " days")
                + ": " + end.remedy();
    }

    private static String again(RefreshGrant person) {
        return "run ./dragoman login " + person.account();
    }

    private static String day(Instant at) {
        return at.atZone(ZoneOffset.UTC).toLocalDate().toString();
    }
}
