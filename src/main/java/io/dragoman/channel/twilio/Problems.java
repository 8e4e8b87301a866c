// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.twilio;

import io.dragoman.connector.Account;
import io.dragoman.connector.Setting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with an account's settings taken together. */
final class Problems {
    private static final Duration LONGEST_VALIDITY = Duration.ofHours(10);

    private Problems() {}

    static List<String> of(Account account) {
        List<String> problems = new ArrayList<>();
        boolean token = account.find(Twilio.AUTH_TOKEN).isPresent();
        boolean key = account.find(Twilio.API_KEY).isPresent();
        boolean secret = account.find(Twilio.API_SECRET).isPresent();
        boolean shared = account.find(Twilio.SHARED_KEY_SECRET).isPresent();
        if (!token && !shared && !account.insecure()) {
            problems.add("authToken is missing. It stands on the first page of the Twilio console; without it no"
                    + " webhook can be trusted.");
        }
        if (key != secret) {
            problems.add("apiKey and apiSecret go together: " + (key ? "apiSecret" : "apiKey") + " is missing.");
        } else if (!token && !key) {
            problems.add("authToken, or apiKey with apiSecret, is needed to send.");
        }
        if (account.find(Twilio.FROM).isEmpty()
                && account.find(Twilio.MESSAGING_SERVICE_SID).isEmpty()) {
            problems.add("from or messagingServiceSid is missing. One of them says who sends.");
        }
        form(account, Twilio.ACCOUNT_SID, "AC[0-9a-zA-Z]+", "a SID that begins with AC", problems);
        form(account, Twilio.MESSAGING_SERVICE_SID, "MG[0-9a-zA-Z]+", "a SID that begins with MG", problems);
        account.find(Twilio.API_KEY)
                .filter(sid -> !sid.value().matches("SK[0-9a-zA-Z]+"))
                .ifPresent(sid -> problems.add("apiKey must be a SID that begins with SK."));
        form(
                account,
                Twilio.FROM,
                "\\+[1-9][0-9]{3,14}|whatsapp:\\+[1-9][0-9]{3,14}|rcs:[A-Za-z0-9_.-]{1,100}|messenger:[0-9]{1,32}"
                        + "|[0-9]{3,8}|(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}",
                "a number such as +15550100 or whatsapp:+15550100, an RCS agent such as rcs:my_agent, a Facebook page"
                        + " such as messenger:1234, a short code, or a name of at most 11 letters, digits and spaces",
                problems);
        account.find(Twilio.VALIDITY_PERIOD)
                .filter(period -> period.toSeconds() < 1 || period.compareTo(LONGEST_VALIDITY) > 0)
                .ifPresent(period -> problems.add("validityPeriod must be from 1s to 10h."));
        return problems;
    }

    private static void form(
            Account account, Setting<String> setting, String pattern, String wanted, List<String> problems) {
        if (account.find(setting).filter(value -> !value.matches(pattern)).isPresent()) {
            problems.add(setting.name() + " must be " + wanted + ".");
        }
    }
}
