// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.hours;

import io.dragoman.model.PhoneNumber;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** In which time zones a customer may be. */
public final class CustomerZones {
    private static final Set<String> KNOWN = ZoneId.getAvailableZoneIds();
    private static final Map<String, List<ZoneId>> BY_COUNTRY = table();

    private CustomerZones() {}

    /**
     * Where a customer may be.
     *
     * @param zones at least one
     * @param why for an explanation
     */
    public record Found(List<ZoneId> zones, String why) {
        public Found {
            zones = List.copyOf(zones);
        }
    }

    /**
     * The zone that is told, else those of the country of the customer's number, else that of the business.
     *
     * @param told the name of a zone; null, or one that is none, tells nothing
     * @param addresses of the customer, of which some may be telephone numbers
     */
    public static Found of(@Nullable String told, Stream<String> addresses, ZoneId usual) {
        if (told != null && KNOWN.contains(told.strip())) {
            return new Found(List.of(ZoneId.of(told.strip())), "the conversation's attribute says " + told.strip());
        }
        Optional<String> country =
                addresses.map(PhoneNumber::country).flatMap(Optional::stream).findFirst();
        List<ZoneId> zones =
                country.map(code -> BY_COUNTRY.getOrDefault(code, List.of())).orElse(List.of());
        if (zones.isEmpty()) {
            return new Found(List.of(usual), "nothing is known but the business's zone " + usual);
        }
        String where = zones.size() == 1 ? zones.get(0).getId() : zones.size() + " time zones";
        return new Found(zones, "a telephone number of " + country.orElseThrow() + ": " + where);
    }

    private static Map<String, List<ZoneId>> table() {
        try (InputStream file = Objects.requireNonNull(CustomerZones.class.getResourceAsStream("country-zones.txt"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> Arrays.asList(line.split(" ")))
                    .collect(Collectors.toUnmodifiableMap(words -> words.get(0), CustomerZones::zones));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A zone that this Java does not know yet is left out. */
    private static List<ZoneId> zones(List<String> words) {
        return words.stream().skip(1).filter(KNOWN::contains).map(ZoneId::of).toList();
    }
}
