// SPDX-License-Identifier: Apache-2.0
package io.dragoman.tenant;

import io.dragoman.config.GatewaySettings;
import io.dragoman.config.S3Settings;
import io.dragoman.config.StoreSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which tenant keeps its data where: no two of them in one place, nor in one topic whatever its brokers are called. Thread-safe. */
final class StorePlaces {
    private final Map<String, GatewaySettings> taken = new HashMap<>();

    /** Takes the places of a tenant; says what is wrong where another has one of them. */
    synchronized Optional<String> take(String tenant, GatewaySettings settings) {
        StoreSettings wanted = settings.store();
        for (Map.Entry<String, GatewaySettings> other : taken.entrySet()) {
            if (other.getKey().equals(tenant)) {
                continue;
            }
            StoreSettings its = other.getValue().store();
            if (its.url().place().equals(wanted.url().place())) {
                return Optional.of("store.url is where the tenant " + other.getKey()
                        + " keeps its data. Take a file, a database or a schema of its own, such as"
                        + " postgresql://user@host:5432/name?currentSchema=" + tenant.replace('-', '_') + ".");
            }
            if (its.s3().isPresent()
                    && wanted.s3().isPresent()
                    && overlap(its.s3().get(), wanted.s3().get())) {
                return Optional.of("store.s3 is where the tenant " + other.getKey()
                        + " keeps its media. Take a bucket or a prefix of its own, such as prefix: " + tenant + "/.");
            }
            if (settings.inbox().isPresent()
                    && other.getValue()
                            .inbox()
                            .filter(inbox ->
                                    inbox.topic().equals(settings.inbox().get().topic()))
                            .isPresent()) {
                return Optional.of("inbox.kafka.topic is the topic of the tenant " + other.getKey()
                        + ". Take a topic of its own, such as dragoman-inbox-" + tenant + ".");
            }
        }
        taken.put(tenant, settings);
        return Optional.empty();
    }

    synchronized void leave(String tenant) {
        taken.remove(tenant);
    }

    private static boolean overlap(S3Settings one, S3Settings other) {
        return one.endpoint().equals(other.endpoint())
                && one.bucket().equals(other.bucket())
                && (one.prefix().startsWith(other.prefix()) || other.prefix().startsWith(one.prefix()));
    }
}
