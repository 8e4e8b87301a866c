// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.twilio;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
final class Ledger {
    private static final Pattern PAGE_SIZE = Pattern.compile("[0-9]{1,4}");

    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /** Adds a message or replaces it by its newer state. */
    synchronized void add(Entry entry) {
        entries.put(entry.sid(), entry);
    }

    synchronized Optional<Entry> find(String sid) {
        return Optional.ofNullable(entries.get(sid));
    }

    /** One page of the list. */
    Reply list(String path, Params query) {
        List<Entry> found = matching(query);
        int size = PAGE_SIZE.matcher(query.get("PageSize")).matches()
                ? Math.max(1, Math.min(1000, Integer.parseInt(query.get("PageSize"))))
                : 50;
        int page = PAGE_SIZE.matcher(query.get("Page")).matches() ? Integer.parseInt(query.get("Page")) : 0;
        int start = Math.min(found.size(), page * size);
        int end = Math.min(found.size(), start + size);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode messages = json.putArray("messages");
        found.subList(start, end).forEach(entry -> messages.add(entry.json()));
        json.put("page", page).put("page_size", size).put("start", start).put("end", Math.max(start, end - 1));
        json.put("uri", uri(path, query, page, size)).put("first_page_uri", uri(path, query, 0, size));
        json.put("next_page_uri", end < found.size() ? uri(path, query, page + 1, size) : null);
        json.put("previous_page_uri", page > 0 ? uri(path, query, page - 1, size) : null);
        return Reply.json(200, json);
    }

    private static String uri(String path, Params query, int page, int size) {
        Map<String, String> params = new LinkedHashMap<>();
        for (String name : List.of("To", "From", "DateSent", "DateSent>", "DateSent<")) {
            if (query.has(name)) {
                params.put(name, query.get(name));
            }
        }
        params.put("PageSize", String.valueOf(size));
        params.put("Page", String.valueOf(page));
        return path + "?" + Params.encode(params);
    }

    private synchronized List<Entry> matching(Params query) {
        List<Entry> found = new ArrayList<>();
        for (Entry entry : entries.values()) {
            LocalDate day = entry.at().atZone(ZoneOffset.UTC).toLocalDate();
            boolean party = (!query.has("To") || query.get("To").equals(entry.to()))
                    && (!query.has("From") || query.get("From").equals(entry.from()));
            boolean time = (!query.has("DateSent") || day.equals(day(query.get("DateSent"))))
                    && (!query.has("DateSent>") || !day.isBefore(day(query.get("DateSent>"))))
                    && (!query.has("DateSent<") || !day.isAfter(day(query.get("DateSent<"))));
            if (party && time) {
                found.add(entry);
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
