// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.twilio;

import io.dragoman.channel.twilio.account.NumberWebhook;
import io.dragoman.connector.Account;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.WebhookSetup.Plan;
import io.dragoman.connector.kit.PublicUrls;
import java.util.List;
import java.util.Optional;

/** Where Twilio is told to post messages. Messaging services, WhatsApp senders and others are set in the console. */
final class NumberSetup {
    private NumberSetup() {}

    private static Optional<NumberWebhook> number(Account account) {
        return account.find(Twilio.MESSAGING_SERVICE_SID).isPresent()
                ? Optional.empty()
                : account.find(Twilio.FROM)
                        .filter(from -> from.startsWith("+"))
                        .map(from -> new NumberWebhook(from, Twilio.FROM.name(), List.of("SmsUrl")));
    }

    static Plan plan(Account account) {
        String address = PublicUrls.callback(account);
        return number(account)
                .map(number -> new Plan(true, number.steps(account)))
                .orElseGet(() -> new Plan(
                        false,
                        List.of(
                                account.find(Twilio.MESSAGING_SERVICE_SID).isPresent()
                                        ? "in the Twilio console, Messaging → Services → the service → Integration: choose"
                                                + " 'Send a webhook' and set the Request URL to " + address
                                                + " (HTTP POST)"
                                        : "in the Twilio console, Messaging → Senders → the sender: set 'Webhook URL for"
                                                + " incoming messages' to " + address + " (HTTP POST)")));
    }

    static Optional<String> connect(Account account, Transport transport) throws TransportFailure {
        return number(account).orElseThrow().connect(account, transport);
    }
}
