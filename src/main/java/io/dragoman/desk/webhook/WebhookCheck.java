// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.webhook;

import io.dragoman.connector.Account;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Response;
import io.dragoman.connector.SelfTest.Check;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Whether a webhook desk can be reached. Nothing is posted, as anything posted would be an event; so whether both sides
 * have the same secret is not known before the first one.
 */
final class WebhookCheck {
    /** Half of what the signature's time may be off, so that there is something left. */
    private static final Duration WORTH_A_LOOK = Duration.ofSeconds(150);

    private static final String REACHED = "the address answers";
    private static final String CLOCK = "the clocks agree";
    private static final String SECRET = "both sides have the same secret";

    /** What a server says that is there and has no GET for the address (RFC 9110, 15.6.2), as 405 does. */
    private static final int NOT_IMPLEMENTED = 501;

    private WebhookCheck() {}

    static List<Check> run(Account account, Transport transport, Clock clock) {
        URI url = account.get(WebhookDesk.URL);
        HttpCall get = HttpCall.get(url).trusting(url).timeout(account.get(WebhookDesk.TIMEOUT));
        Check secret = Check.notChecked(SECRET, "the first event that is sent shows it: 401 or 403 says they differ");
        try {
            Response response = transport.http(get);
            return List.of(reached(response), clock(response, clock.instant()), secret);
        } catch (TransportFailure e) {
            return List.of(
                    Check.failed(REACHED, e.detail(), "Compare url with the desk's address, and look at the network."),
                    Check.notChecked(CLOCK, "there was no answer"),
                    secret);
        }
    }

    /** It is asked what it need not answer to: only a server's own failure and a redirect are bad news. */
    private static Check reached(Response response) {
        int status = response.status();
        String found = "GET is answered with " + status;
        if (status >= 500 && status != NOT_IMPLEMENTED) {
            return Check.failed(REACHED, found, "The server behind url fails: look at its log.");
        }
        return status >= 300 && status < 400
                ? Check.failed(REACHED, found, "Events follow no redirect: configure the final address as url.")
                : Check.ok(REACHED, found);
    }

    private static Check clock(Response response, Instant now) {
        Instant date = response.answeredAt();
        if (date == null) {
            return Check.notChecked(CLOCK, "the answer has no Date");
        }
        Duration ahead = Duration.between(now, date);
        String found = "the desk's clock is " + ahead.abs().toSeconds() + " s "
                + (ahead.isNegative() ? "behind ours" : "ahead of ours");
        return ahead.abs().compareTo(WORTH_A_LOOK) <= 0
                ? Check.ok(CLOCK, found)
                : Check.failed(
                        CLOCK,
                        found,
                        "At five minutes every signature is refused: let both machines take their time from NTP.");
    }
}
