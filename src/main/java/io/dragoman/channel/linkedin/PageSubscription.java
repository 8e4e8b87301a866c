// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.linkedin;

import io.dragoman.connector.Account;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Response;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.WebhookSetup.Plan;
import io.dragoman.model.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Has LinkedIn post a page's notifications to an app's webhook (learn.microsoft.com, "Event Subscription API"). */
final class PageSubscription {
    private static final String EVENTS = "ORGANIZATION_SOCIAL_ACTION_NOTIFICATIONS";

    private PageSubscription() {}

    static Plan plan(Account account) {
        String first = "by hand before, with the gateway running: enter " + account.callback()
                + " under Webhooks of the app at developer.linkedin.com, which no API does";
        return isKnown(account)
                ? new Plan(
                        true,
                        List.of(
                                first,
                                "subscribe the page " + account.get(LinkedIn.ORGANIZATION_ID) + " to " + EVENTS
                                        + " at that address, in the name of the person "
                                        + account.get(LinkedIn.PERSON_ID) + " whose token the channel has"))
                : new Plan(
                        false,
                        List.of(
                                first,
                                "set channels." + account.id() + ".applicationId and personId, and call this again to"
                                        + " subscribe the page to " + EVENTS));
    }

    private static boolean isKnown(Account account) {
        return account.find(LinkedIn.APPLICATION_ID).isPresent()
                && account.find(LinkedIn.PERSON_ID).isPresent();
    }

    /** Subscribing again changes nothing but the address. */
    static Optional<String> connect(Account account, ApiClient api) throws TransportFailure {
        String callback = account.callback().toString();
        Outcome outcome = api.attempt(
                api.put(path(account), Json.bytes(Map.of("webhook", callback))),
                answer -> answer.ok() ? new Outcome.Sent(null) : Outcome.of(answer, "LinkedIn"));
        if (outcome instanceof Outcome.Refused refused) {
            return Optional.of(
                    refused.detail() + " to the subscription. The address must be entered under Webhooks of the"
                            + " app first, applicationId must be the app's, and personId that of an administrator of the page"
                            + " whose token has rw_organization_admin.");
        } else if (!(outcome instanceof Outcome.Sent)) {
            return Optional.of("LinkedIn did not answer the subscription. Try again.");
        }
        Response made = api.ask(api.get(path(account)));
        return callback.equals(made.json().path("webhook").asText(""))
                ? Optional.empty()
                : Optional.of("LinkedIn took the subscription and does not show it. Try again.");
    }

    private static String path(Account account) {
        return "eventSubscriptions/(developerApplication:"
                + urn("developerApplication", account.get(LinkedIn.APPLICATION_ID))
                + ",user:" + urn("person", account.get(LinkedIn.PERSON_ID))
                + ",entity:" + urn("organization", account.get(LinkedIn.ORGANIZATION_ID))
                + ",eventType:" + EVENTS + ")";
    }

    private static String urn(String kind, String id) {
        return ApiClient.encoded("urn:li:" + kind + ":" + id);
    }
}
