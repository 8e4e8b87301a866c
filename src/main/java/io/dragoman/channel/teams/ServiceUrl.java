// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.teams;

import io.dragoman.connector.Account;
import io.dragoman.connector.HttpCall;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Where the Bot Connector of a conversation is: each activity names it. Our token goes there, so only Microsoft's own
 * hosts will do, and what the account's {@code baseUrl} names.
 */
final class ServiceUrl {
    /** Of Teams in the public cloud and in those of the US government (TeamsServiceEndpoints of the Agents SDK). */
    private static final Set<String> HOSTS = Set.of(
            "smba.trafficmanager.net",
            "smba.infra.gcc.teams.microsoft.com",
            "smba.infra.gov.teams.microsoft.us",
            "smba.infra.dod.teams.microsoft.us");

    private ServiceUrl() {}

    /** The address without a slash at its end; empty when our token must not go there. */
    static Optional<URI> allowed(Account account, String text) {
        URI uri;
        try {
            uri = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        boolean plain = uri.getHost() != null
                && uri.getRawUserInfo() == null
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null;
        return plain && (isMicrosoft(uri) || HttpCall.sameOrigin(account.get(Teams.BASE_URL), uri))
                ? Optional.of(uri)
                : Optional.empty();
    }

    private static boolean isMicrosoft(URI uri) {
        return "https".equalsIgnoreCase(uri.getScheme())
                && (uri.getPort() < 0 || uri.getPort() == 443)
                && HOSTS.contains(uri.getHost().toLowerCase(Locale.ROOT));
    }
}
