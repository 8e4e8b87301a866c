// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.twilio;

import io.dragoman.channel.twilio.account.TwilioAccount;
import io.dragoman.connector.Account;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with an account's settings taken together. */
final class Problems {
    private static final Duration LONGEST_VALIDITY = Duration.ofHours(10);

    private Problems() {}

    static List<String> of(Account account) {
        List<String> problems = new ArrayList<>();
        TwilioAccount.check(account, "send", problems);
        if (account.find(Twilio.FROM).isEmpty()
                && account.find(Twilio.MESSAGING_SERVICE_SID).isEmpty()) {
            problems.add("from or messagingServiceSid is missing. One of them says who sends.");
        }
        TwilioAccount.form(
                account, Twilio.MESSAGING_SERVICE_SID, "MG[0-9a-zA-Z]+", "a SID that begins with MG", problems);
        TwilioAccount.form(
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
}
