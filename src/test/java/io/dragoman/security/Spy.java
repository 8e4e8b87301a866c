// SPDX-License-Identifier: Apache-2.0
package io.dragoman.security;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Stands between all steps of all routes and notes what it sees: the exchange's headers and variables, and every record
 * in its body as {@code toString} shows it.
 */
public final class Spy implements Processor {
    static final Queue<String> HEADERS = new ConcurrentLinkedQueue<>();
    static final Queue<String> SHOWN = new ConcurrentLinkedQueue<>();
    static final Set<String> RECORDS = Collections.synchronizedSet(new java.util.TreeSet<>());

    /** Puts itself before every step of the shipped routes, in a home folder's own. */
    static void into(Path home) throws IOException {
        HEADERS.clear();
        SHOWN.clear();
        RECORDS.clear();
        Files.createDirectories(home.resolve("routes"));
        for (String name : List.of("intake", "journey", "outbox")) {
            String route = Files.readString(Path.of("routes/" + name + ".camel.yaml"));
            String watched = route.replaceAll(
                    "(?m)^( *)- process:", "$1- process: {ref: \"#class:" + Spy.class.getName() + "\"}\n$1- process:");
            Files.writeString(home.resolve("routes/" + name + ".camel.yaml"), watched);
        }
    }

    @Override
    public void process(Exchange exchange) {
        HEADERS.addAll(exchange.getMessage().getHeaders().keySet());
        HEADERS.addAll(exchange.getVariables().keySet());
        HEADERS.addAll(exchange.getProperties().keySet().stream()
                .filter(name -> !name.startsWith("Camel"))
                .toList());
        SHOWN.add(exchange.toString());
        SHOWN.add(String.valueOf(exchange.getMessage()));
        look(exchange.getMessage().getBody(), Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private static void look(Object value, Set<Object> seen) {
        if (value == null || !seen.add(value)) {
            return;
        }
        if (value instanceof Collection<?> many) {
            new ArrayList<>(many).forEach(one -> look(one, seen));
        } else if (value instanceof Map<?, ?> map) {
            new ArrayList<>(map.values()).forEach(one -> look(one, seen));
        } else if (value instanceof Optional<?> maybe) {
            maybe.ifPresent(one -> look(one, seen));
        } else if (value.getClass().getName().startsWith("io.dragoman.")) {
            SHOWN.add(value.toString());
            RECORDS.add(value.getClass().getSimpleName());
            if (value.getClass().isRecord()) {
                for (RecordComponent component : value.getClass().getRecordComponents()) {
                    try {
                        component.getAccessor().setAccessible(true);
                        look(component.getAccessor().invoke(value), seen);
                    } catch (ReflectiveOperationException e) {
                        throw new IllegalStateException(e);
                    }
                }
            }
        }
    }
}
