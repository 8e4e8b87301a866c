// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.twilio;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.SimulatorResponse;
import io.dragoman.simulator.UrlEncoded;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Every message that went through, as the list resource shows them: the newest first. Thread-safe. */
final class MessageLog {
    private static final Pattern PAGE_SIZE = Pattern.compile("[0-9]{1,4}");

    private final Map<String, TwilioMessage> messages = new LinkedHashMap<>();

    /** Adds a message or replaces it by its newer state. */
    synchronized void add(TwilioMessage message) {
        messages.put(message.sid(), message);
    }

    synchronized Optional<TwilioMessage> find(String sid) {
        return Optional.ofNullable(messages.get(sid));
    }

    /** One page of the list. */
    SimulatorResponse list(String path, UrlEncoded query) {
        List<TwilioMessage> found = matching(query);
        int size = PAGE_SIZE.matcher(query.get("PageSize")).matches()
                ? Math.max(1, Math.min(1000, Integer.parseInt(query.get("PageSize"))))
                : 50;
        int page = PAGE_SIZE.matcher(query.get("Page")).matches() ? Integer.parseInt(query.get("Page")) : 0;
        int start = Math.min(found.size(), page * size);
        int end = Math.min(found.size(), start + size);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode shown = json.putArray("messages");
        found.subList(start, end).forEach(message -> shown.add(message.json()));
        json.put("page", page).put("page_size", size).put("start", start).put("end", Math.max(start, end - 1));
        json.put("uri", uri(path, query, page, size)).put("first_page_uri", uri(path, query, 0, size));
        json.put("next_page_uri", end < found.size() ? uri(path, query, page + 1, size) : null);
        json.put("previous_page_uri", page > 0 ? uri(path, query, page - 1, size) : null);
        return SimulatorResponse.json(200, json);
    }

    private static String uri(String path, UrlEncoded query, int page, int size) {
        Map<String, String> params = new LinkedHashMap<>();
        for (String name : List.of("To", "From", "DateSent", "DateSent>", "DateSent<")) {
            if (query.has(name)) {
                params.put(name, query.get(name));
            }
        }
        params.put("PageSize", String.valueOf(size));
        params.put("Page", String.valueOf(page));
        return path + "?" + UrlEncoded.write(params);
    }

    private synchronized List<TwilioMessage> matching(UrlEncoded query) {
        List<TwilioMessage> found = new ArrayList<>();
        for (TwilioMessage message : messages.values()) {
            LocalDate day = message.at().atZone(ZoneOffset.UTC).toLocalDate();
            boolean party = (!query.has("To") || query.get("To").equals(message.to()))
                    && (!query.has("From") || query.get("From").equals(message.from()));
            boolean time = (!query.has("DateSent") || day.equals(day(query.get("DateSent"))))
                    && (!query.has("DateSent>") || !day.isBefore(day(query.get("DateSent>"))))
                    && (!query.has("DateSent<") || !day.isAfter(day(query.get("DateSent<"))));
            if (party && time) {
                found.add(message);
            }
        }
        Collections.reverse(found);
        return found;
    }

    /** The day of a date or a time; Twilio compares no finer. */
    private static LocalDate day(String text) {
        Matcher date = Pattern.compile("([0-9]{4}-[0-9]{2}-[0-9]{2}).*").matcher(text);
        try {
            return LocalDate.parse(date.matches() ? date.group(1) : text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("not a date", e);
        }
    }
}
