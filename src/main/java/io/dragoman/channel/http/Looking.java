// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.http;

import io.dragoman.connector.Account;
import io.dragoman.connector.CustomerLookup.Answer;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Response;
import io.dragoman.connector.Transport;
import io.dragoman.model.CustomerOrder;
import io.dragoman.model.Identity;
import io.dragoman.model.UnicodeText;
import io.dragoman.profile.AnswerReader;
import io.dragoman.profile.CallTemplate;
import io.dragoman.profile.Element;
import io.dragoman.profile.Expression;
import io.dragoman.profile.ExpressionFailed;
import io.dragoman.profile.SettingText;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * How a provider is asked what it knows of a customer. Immutable.
 *
 * @param calls by the type of the address that is asked about
 * @param found whether the answer knows the customer
 * @param attributes an object of what it knows, by the names of attributes; null for nothing
 * @param each the orders in it; null for none
 * @param order where in one of them its fields stand
 */
record Looking(
        Map<String, CallTemplate> calls,
        AnswerReader answer,
        Expression found,
        @Nullable Expression attributes,
        @Nullable Expression each,
        @Nullable OrderFields order) {
    private static final int NOT_FOUND = 404;
    private static final int MOST_ATTRIBUTES = 50;
    private static final int MOST_ORDERS = 20;
    private static final int LONGEST = 1_000;
    private static final String NAME = "[A-Za-z0-9_-]{1,64}";

    Looking {
        calls = Map.copyOf(calls);
    }

    Answer ask(Account account, URI base, Identity address, Duration bound, Transport transport) {
        Map<String, Object> context = new HashMap<>();
        context.put("address", address.value());
        context.put("digits", address.value().replaceAll("[^0-9]", ""));
        context.put("settings", SettingText.all(account));
        try {
            CallTemplate template = calls.get(address.type());
            if (template == null) {
                return new Answer.Failed("the profile has no request by " + address.type());
            }
            HttpCall call = template.call(base, context, List.of()).timeout(bound);
            AtomicReference<@Nullable Response> kept = new AtomicReference<>();
            Outcome outcome = template.attempt(account, call, transport, response -> {
                kept.set(response);
                return answer.outcome(response, context);
            });
            Response response = kept.get();
            if (response != null && response.status() == NOT_FOUND) {
                return new Answer.Unknown();
            }
            return response != null && outcome instanceof Outcome.Sent
                    ? read(response, context, transport.clock().instant())
                    : new Answer.Failed(why(outcome));
        } catch (ExpressionFailed | MalformedPayload e) {
            return new Answer.Failed(String.valueOf(e.getMessage()));
        }
    }

    private static String why(Outcome outcome) {
        if (outcome instanceof Outcome.Retry retry) {
            return retry.detail();
        } else if (outcome instanceof Outcome.Refused refused) {
            return refused.detail();
        }
        return outcome instanceof Outcome.Uncertain uncertain ? uncertain.detail() : "nothing was asked";
    }

    private Answer read(Response response, Map<String, Object> context, Instant now)
            throws ExpressionFailed, MalformedPayload {
        if (!Expression.isTrue(answer.value(found, response, context))) {
            return new Answer.Unknown();
        }
        Object named = attributes == null ? null : answer.value(attributes, response, context);
        Object list = each == null ? null : answer.value(each, response, context);
        List<CustomerOrder> orders = new ArrayList<>();
        List<?> items = list instanceof List<?> several ? several : list == null ? List.of() : List.of(list);
        Element.Origin origin = new Element.Origin(now, Optional.empty(), response.body().length);
        for (Object item : items) {
            if (order != null && orders.size() < MOST_ORDERS) {
                orders.add(order.order(new Element(item, context, orders.size(), origin)));
            }
        }
        return new Answer.Found(named instanceof Map<?, ?> map ? texts(map) : Map.of(), orders);
    }

    /** Those that can be attributes: one line each. */
    private static Map<String, String> texts(Map<?, ?> found) {
        Map<String, String> texts = new TreeMap<>();
        found.forEach((name, value) -> {
            String text = Expression.asText(value);
            if (text != null
                    && !text.isBlank()
                    && String.valueOf(name).matches(NAME)
                    && texts.size() < MOST_ATTRIBUTES) {
                String line = text.strip().replaceAll("\\s+", " ");
                texts.put(String.valueOf(name), UnicodeText.cut(line, LONGEST));
            }
        });
        return texts;
    }
}
