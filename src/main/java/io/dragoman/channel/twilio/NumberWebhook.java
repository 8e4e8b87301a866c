// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.twilio;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.Account;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Response;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.WebhookSetup.Plan;
import io.dragoman.connector.kit.FormFields;
import io.dragoman.connector.kit.PublicUrls;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Tells Twilio where to post what comes in for a number: https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource.
 * Messaging services, WhatsApp senders and others are set in the console.
 */
final class NumberWebhook {
    private NumberWebhook() {}

    private static Optional<String> number(Account account) {
        return account.find(Twilio.MESSAGING_SERVICE_SID).isPresent()
                ? Optional.empty()
                : account.find(Twilio.FROM).filter(from -> from.startsWith("+"));
    }

    private static String address(Account account) {
        return account.find(PublicUrls.WEBHOOK_URL)
                .orElseGet(() -> account.callback().toString());
    }

    static Plan plan(Account account) {
        return number(account)
                .map(number -> new Plan(
                        true,
                        List.of(
                                "find the number " + number + " of " + account.get(Twilio.ACCOUNT_SID) + " at "
                                        + account.get(Twilio.BASE_URL),
                                "set its SmsUrl to " + address(account) + " and its SmsMethod to POST, and look at the"
                                        + " answer")))
                .orElseGet(() -> new Plan(
                        false,
                        List.of(
                                account.find(Twilio.MESSAGING_SERVICE_SID).isPresent()
                                        ? "in the Twilio console, Messaging → Services → the service → Integration: choose"
                                                + " 'Send a webhook' and set the Request URL to " + address(account)
                                                + " (HTTP POST)"
                                        : "in the Twilio console, Messaging → Senders → the sender: set 'Webhook URL for"
                                                + " incoming messages' to " + address(account) + " (HTTP POST)")));
    }

    static Optional<String> connect(Account account, Transport transport) throws TransportFailure {
        String number = number(account).orElseThrow();
        String numbers = account.get(Twilio.BASE_URL) + "/2010-04-01/Accounts/" + account.get(Twilio.ACCOUNT_SID)
                + "/IncomingPhoneNumbers";
        String query = new FormFields().add("PhoneNumber", number).query();
        Response found =
                transport.http(ApiClient.authorized(account, HttpCall.get(URI.create(numbers + ".json?" + query))));
        JsonNode first = found.json().path("incoming_phone_numbers").path(0);
        String sid = first.path("sid").asText("");
        if (!found.ok()) {
            return Optional.of("Twilio answered with " + found.status() + ": accountSid and authToken, or apiKey and"
                    + " apiSecret, must be those of the console.");
        }
        if (!sid.matches("PN[0-9a-f]{32}")
                || !first.path("phone_number").asText().equals(number)) {
            return Optional.of("The account has no number " + number + "; from must be one of its numbers.");
        }
        HttpCall.Body body = new FormFields()
                .add("SmsUrl", address(account))
                .add("SmsMethod", "POST")
                .body();
        Response set = transport.http(
                ApiClient.authorized(account, HttpCall.post(URI.create(numbers + "/" + sid + ".json"), body)));
        return set.ok() && set.json().path("sms_url").asText().equals(address(account))
                ? Optional.empty()
                : Optional.of("Twilio did not take the address and answered with " + set.status()
                        + ". It must be https and" + " have a name in the DNS; see http.publicUrl.");
    }
}
