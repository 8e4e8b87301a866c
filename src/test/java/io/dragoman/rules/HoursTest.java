// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.rules.hours.Hours;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HoursTest {
    private static final String SHOP = """
            hours:
              default:
                zone: Europe/Berlin
                week: {mon-fri: ["09:00-12:30", "13:30-18:00"], sat: "10:00-14:00", sun: closed}
                holidays: [2026-12-25, {date: 2026-12-26, name: Boxing Day}, 01-01, {date: 12-24, name: Eve, open: "09:00-12:00"}]
              night: {zone: Europe/Berlin, week: {"mon,wed": ["22:00-06:00"], fri-sat: "20:00-24:00", sun: "00:00-04:00"}}
              always: {zone: UTC, week: {mon-sun: ["00:00-24:00"]}}
              never: {zone: UTC, week: {}}
              early: {zone: Europe/Berlin, week: {sun: ["02:15-02:45", "03:30-05:00"]}}
            """;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

    private static Hours hours(String name) {
        return Objects.requireNonNull(Book.of("", "", SHOP).hours().get(name));
    }

    private static Instant at(String time, Hours hours) {
        return LocalDateTime.parse(time, TIME).atZone(hours.zone()).toInstant();
    }

    private static String local(Instant at, ZoneId zone) {
        return TIME.format(at.atZone(zone));
    }

    @ParameterizedTest(name = "{0} at {1}: {2}")
    @CsvSource({
        "default, 2026-11-23 08:59, closed, first minute is open",
        "default, 2026-11-23 09:00, open, ",
        "default, 2026-11-23 12:29, open, ",
        "default, 2026-11-23 12:30, closed, the end is closed",
        "default, 2026-11-23 13:30, open, split shift",
        "default, 2026-11-28 11:00, open, Saturday",
        "default, 2026-11-29 11:00, closed, Sunday",
        "default, 2026-12-25 11:00, closed, holiday",
        "default, 2026-12-24 11:00, open, own hours",
        "default, 2026-12-24 14:00, closed, own hours instead of the week's",
        "default, 2029-12-24 14:00, closed, every year",
        "default, 2027-01-01 11:00, closed, every year",
        "night, 2026-11-23 21:59, closed, ",
        "night, 2026-11-23 23:00, open, ",
        "night, 2026-11-24 05:59, open, from the evening before",
        "night, 2026-11-24 06:00, closed, ",
        "night, 2026-11-24 23:00, closed, Tuesday",
        "night, 2026-11-28 23:59, open, until midnight",
        "night, 2026-11-29 00:00, open, on without a gap",
        "always, 2026-11-29 00:00, open, ",
        "never, 2026-11-23 12:00, closed, ",
    })
    void knowsWhenItIsOpen(String name, String time, String state, String why) {
        Hours hours = hours(name);
        assertThat(hours.isOpen(at(time, hours))).as(why).isEqualTo(state.equals("open"));
    }

    @ParameterizedTest
    @CsvSource({
        "default, 2026-11-23 08:00, 2026-11-23 09:00, 2026-11-23 12:30",
        "default, 2026-11-23 12:45, 2026-11-23 13:30, 2026-11-23 18:00",
        "default, 2026-11-23 14:00, 2026-11-23 14:00, 2026-11-23 18:00",
        "default, 2026-11-28 15:00, 2026-11-30 09:00, 2026-11-30 12:30",
        "default, 2026-12-24 13:00, 2026-12-28 09:00, 2026-12-28 12:30",
        "night, 2026-11-28 12:00, 2026-11-28 20:00, 2026-11-29 04:00",
        "night, 2026-11-24 01:00, 2026-11-24 01:00, 2026-11-24 06:00",
    })
    void knowsWhenItOpensAndClosesNext(String name, String time, String open, String close) {
        Hours hours = hours(name);
        assertThat(hours.nextOpen(at(time, hours)).map(at -> local(at, hours.zone())))
                .contains(open);
        assertThat(hours.nextClose(at(time, hours)).map(at -> local(at, hours.zone())))
                .contains(close);
    }

    @Test
    void neverOpensAndNeverCloses() {
        Instant now = Instant.parse("2026-11-23T12:00:00Z");
        assertThat(hours("never").nextOpen(now)).isEmpty();
        assertThat(hours("never").nextClose(now)).isEmpty();
        assertThat(hours("always").nextOpen(now)).contains(now);
        assertThat(hours("always").nextClose(now)).isEmpty();
    }

    @Test
    void theHourThatClocksSkipIsNoTime() {
        // 29 March 2026: 01:59 is followed by 03:00
        Hours early = hours("early");
        Instant change = Instant.parse("2026-03-29T01:00:00Z");
        assertThat(early.isOpen(change.minusSeconds(1))).isFalse();
        assertThat(early.isOpen(change)).as("02:15-02:45 does not exist").isFalse();
        assertThat(early.nextOpen(change)).contains(Instant.parse("2026-03-29T01:30:00Z"));
    }

    @Test
    void theHourThatClocksRepeatCountsTwice() {
        // 25 October 2026: 02:59 CEST is followed by 02:00 CET
        Hours early = hours("early");
        assertThat(early.isOpen(Instant.parse("2026-10-25T00:15:00Z")))
                .as("02:15 CEST")
                .isTrue();
        assertThat(early.isOpen(Instant.parse("2026-10-25T01:44:00Z")))
                .as("02:44 CET")
                .isTrue();
        assertThat(early.isOpen(Instant.parse("2026-10-25T01:45:00Z")))
                .as("02:45 CET")
                .isFalse();
        assertThat(early.nextOpen(Instant.parse("2026-10-25T02:00:00Z")))
                .contains(Instant.parse("2026-10-25T02:30:00Z"));
    }

    @Test
    void opensByTheLocalClockOnBothSidesOfTheChange() {
        Hours shop = hours("default");
        assertThat(shop.nextOpen(Instant.parse("2026-03-27T20:00:00Z")))
                .contains(Instant.parse("2026-03-28T09:00:00Z"));
        assertThat(shop.nextOpen(Instant.parse("2026-03-28T20:00:00Z")))
                .contains(Instant.parse("2026-03-30T07:00:00Z"));
    }

    @Test
    void staysDefinedAtTheEndsOfTime() {
        for (Instant end : new Instant[] {Instant.MIN, Instant.MAX, Instant.EPOCH}) {
            hours("default").isOpen(end);
            Book.when("text: x").decide(A.message("x").at(end).now());
            RuleBook book = Book.of("rules: [{name: it, when: {hours: closed}, tags: yes}]", "", SHOP);
            assertThat(book.decide(A.message("x").at(end).now()).rules()).hasSize(1);
        }
    }

    @Test
    void rulesAskForTheHoursAndSayWhatTheyFound() {
        RuleBook book = Book.of(
                "rules:\n  - {name: a, when: {hours: closed}, tags: day}\n  - {name: b, when: {hours: {is: open, name: night}}, tags: night}\n",
                "",
                SHOP);
        Decision decision =
                book.decide(A.message("x").at("2026-12-26T21:30:00Z").now());
        assertThat(decision.values("tags")).containsExactly("day", "night");
        assertThat(decision.rules().get(0).checks().get(0).why())
                .isEqualTo("closed at Sat 2026-12-26 22:30 Europe/Berlin, holiday 'Boxing Day'");
        assertThat(decision.rules().get(1).checks().get(0).condition()).isEqualTo("hours: open (night)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{week: {mon: \"09:00-17:00\"}}|has no zone",
                "{zone: Europe/Berlim, week: {}}|Did you mean 'Europe/Berlin'?",
                "{zone: UTC}|has no week",
                "{zone: UTC, week: {mon: \"9-17\"}}|must be a span such as",
                "{zone: UTC, week: {mon: \"09:00-09:00\"}}|must be a span such as",
                "{zone: UTC, week: {mon: \"09:00-25:00\"}}|must be a span such as",
                "{zone: UTC, week: {mon: \"09:60-17:00\"}}|must be a span such as",
                "{zone: UTC, week: {mon: [\"09:00-12:00\", \"11:00-14:00\"]}}|overlap",
                "{zone: UTC, week: {mon-fri: \"09:00-12:00\", wed: \"09:00-10:00\"}}|has wed again",
                "{zone: UTC, week: {moon: \"09:00-12:00\"}}|names no days",
                "{zone: UTC, week: {}, holidays: [25.12.2026]}|must be a date such as 2026-12-25",
                "{zone: UTC, week: {}, holidays: [2026-02-30]}|must be a date such as 2026-12-25",
                "{zone: UTC, week: {}, holidays: [2026-12-25, 2026-12-25]}|is a duplicate",
                "{zone: UTC, week: {}, holydays: [2026-12-25]}|Did you mean 'holidays'?",
            })
    void whatIsNoHoursIsAProblemWithARemedy(String yaml) {
        String hours = yaml.substring(0, yaml.indexOf('|'));
        assertThat(Book.read("", "", "hours:\n  default: " + hours).problems)
                .singleElement()
                .asString()
                .startsWith("hours.yaml:2:")
                .contains(yaml.substring(yaml.indexOf('|') + 1));
    }
}
