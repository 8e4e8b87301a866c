// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.twilio.account;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.Account;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Response;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.kit.FormFields;
import io.dragoman.connector.kit.PublicUrls;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells Twilio where to post what comes in for a number: https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource.
 *
 * @param setting the name of the setting that holds the number
 * @param fields the resource's fields that hold an address, such as {@code SmsUrl} beside {@code SmsMethod}, the first
 *     of which is looked at afterwards
 */
public record NumberWebhook(String number, String setting, List<String> fields) {
    public NumberWebhook {
        fields = List.copyOf(fields);
    }

    /** What {@link #connect} does, a sentence each. */
    public List<String> steps(Account account) {
        return List.of(
                "find the number " + number + " of " + account.get(TwilioAccount.ACCOUNT_SID) + " at "
                        + account.get(TwilioAccount.BASE_URL),
                "set its " + String.join(" and its ", fields) + " to " + PublicUrls.callback(account) + " and its "
                        + method(fields.get(0)) + " to POST, and look at the answer");
    }

    /** Sets the addresses; why it did not work, in a sentence. */
    public Optional<String> connect(Account account, Transport transport) throws TransportFailure {
        String query = new FormFields().add("PhoneNumber", number).query();
        Response found = transport.http(TwilioAccount.authorized(
                account,
                HttpCall.get(URI.create(TwilioAccount.resource(account, "/IncomingPhoneNumbers.json?") + query))));
        JsonNode first = found.json().path("incoming_phone_numbers").path(0);
        String sid = first.path("sid").asText("");
        if (!found.ok()) {
            return Optional.of("Twilio answered with " + found.status() + ": accountSid and authToken, or apiKey and"
                    + " apiSecret, must be those of the console.");
        }
        if (!sid.matches("PN[0-9a-f]{32}")
                || !first.path("phone_number").asText().equals(number)) {
            return Optional.of("The account has no number " + number + "; " + setting + " must be one of its numbers.");
        }
        FormFields body = new FormFields();
        addresses(account).forEach(body::add);
        Response set = transport.http(TwilioAccount.authorized(
                account,
                HttpCall.post(
                        URI.create(TwilioAccount.resource(account, "/IncomingPhoneNumbers/" + sid + ".json")),
                        body.body())));
        return set.ok() && set.json().path(answered(fields.get(0))).asText().equals(PublicUrls.callback(account))
                ? Optional.empty()
                : Optional.of("Twilio did not take the address and answered with " + set.status()
                        + ". It must be https and" + " have a name in the DNS; see http.publicUrl.");
    }

    private Map<String, String> addresses(Account account) {
        Map<String, String> all = new LinkedHashMap<>();
        for (String field : fields) {
            all.put(field, PublicUrls.callback(account));
            all.put(method(field), "POST");
        }
        return all;
    }

    /** {@code SmsMethod} of {@code SmsUrl}, {@code StatusCallbackMethod} of {@code StatusCallback}. */
    private static String method(String field) {
        return field.endsWith("Url") ? field.substring(0, field.length() - 3) + "Method" : field + "Method";
    }

    /** {@code sms_url} of {@code SmsUrl}. */
    private static String answered(String field) {
        return field.replaceAll("(?<!^)([A-Z])", "_$1").toLowerCase(java.util.Locale.ROOT);
    }
}
