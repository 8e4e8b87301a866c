// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.simulator.desk.DeskSimulator;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A gateway that is killed again and again under load, watched from outside: what it acknowledged must reach the desk,
 * once and in order. More with {@code -Ddragoman.kill.cycles}.
 */
final class KillTest {
    private static final int CYCLES = Integer.getInteger("dragoman.kill.cycles", 8);
    private static final long SEED = Long.getLong("dragoman.kill.seed", System.nanoTime());
    private static final long PAUSE_NANOS = 2_000_000;

    /** Before anything is stored, stored and not yet acknowledged, in the journey, in an attempt, after it. */
    private static final List<String> FAIL_POINTS =
            List.of("read.before:80", "acknowledge.before:80", "decide.before:60", "send.before:60", "send.after:60");

    @TempDir
    private Path data;

    private final Random random = new Random(SEED);

    @Test
    void everythingAcknowledgedReachesTheDeskOnceAndInOrderThroughKills() throws Exception {
        try (DeskSimulator desk = new DeskSimulator(0)) {
            Senders senders = new Senders(SEED, PAUSE_NANOS);
            int halted = 0;
            try (senders) {
                for (int cycle = 0; cycle < CYCLES; cycle++) {
                    Process victim = start(desk, null, senders);
                    // some die young, while they still take up what the one before left
                    victim.waitFor(
                            random.nextInt(4) == 0 ? random.nextInt(60) : 400 + random.nextInt(1_200),
                            TimeUnit.MILLISECONDS);
                    kill(victim, senders);
                }
                for (String failPoint : FAIL_POINTS) {
                    Process victim = start(desk, failPoint, senders);
                    assertThat(victim.waitFor(30, TimeUnit.SECONDS))
                            .as("it ends by itself at %s", failPoint)
                            .isTrue();
                    halted += victim.exitValue() == 9 ? 1 : 0;
                    kill(victim, senders);
                }
            }
            Process last = start(desk, null, senders);
            awaitQuiet();
            kill(last, senders);
            judge(desk, senders, halted);
        }
    }

    private Process start(DeskSimulator desk, @Nullable String failPoint, Senders senders) throws IOException {
        List<String> properties = new ArrayList<>(List.of("-DDRAGOMAN_LOG=ERROR"));
        if (failPoint != null) {
            properties.add("-Dhalt=" + failPoint);
        }
        Process victim = new ProcessBuilder(ChildJvm.command(
                        Victim.class, properties, data, desk.settings().get("url"), desk.secret()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out = victim.inputReader(StandardCharsets.UTF_8);
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("port ")) {
                senders.port(Integer.parseInt(line.substring(5)));
                return victim;
            }
        }
        // a fail point may strike before it is ready, in what the one before left
        assertThat(failPoint).as("the gateway starts").isNotNull();
        return victim;
    }

    private static void kill(Process victim, Senders senders) throws InterruptedException {
        victim.destroyForcibly().waitFor();
        senders.port(0);
    }

    private List<String> poison() throws SQLException {
        List<String> contents = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("dragoman.db"));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT content FROM event WHERE state='DEAD' AND reason LIKE 'it ended the process%'")) {
            while (rows.next()) {
                contents.add(rows.getString(1));
            }
        }
        return contents;
    }

    private void awaitQuiet() throws SQLException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (number("SELECT count(*) FROM event WHERE state='NEW'")
                        + number("SELECT count(*) FROM delivery WHERE state IN('READY','SENDING','RETRY')")
                > 0) {
            assertThat(System.nanoTime()).as("everything comes to an end").isLessThan(deadline);
            LockSupport.parkNanos(50_000_000);
        }
    }

    private void judge(DeskSimulator desk, Senders senders, int halted) throws SQLException {
        List<String> arrived = desk.notes().stream()
                .filter(note -> note.type().equals("message.received"))
                .map(DeskSimulator.Note::text)
                .toList();
        Set<String> once = new HashSet<>(arrived);
        Set<String> lost = new HashSet<>(senders.acknowledged);
        lost.removeAll(once);
        // in flight at three kills: taken for poison, which is a state that one sees, with its raw bytes
        List<String> poison = poison();
        lost.removeIf(text -> poison.stream().anyMatch(content -> content.contains('"' + text + '"')));
        Set<String> phantom = new HashSet<>(once);
        phantom.removeAll(senders.posted);
        int doubled = arrived.size() - once.size();
        List<String> misordered = misordered(arrived);
        Map<String, Long> states = states();
        long accepted = number("SELECT count(DISTINCT source||'|'||key) FROM event");
        String figures = String.format(
                "kill -9: seed %d, %d kills, %d fail points reached, %d acknowledged, lost %d, phantom %d, doubled %d, misordered %d, "
                        + "repeated with the same webhook-id %d, refused with 5xx or 4xx %d, accepted %d = %s",
                SEED,
                CYCLES,
                halted,
                senders.acknowledged.size(),
                lost.size(),
                phantom.size(),
                doubled,
                misordered.size(),
                desk.repeats(),
                senders.refusals.get(),
                accepted,
                states);
        System.out.println(figures);
        assertThat(lost).as(figures).isEmpty();
        assertThat(phantom).as(figures).isEmpty();
        assertThat(doubled).as(figures).isZero();
        assertThat(misordered).as(figures).isEmpty();
        assertThat(desk.complaints()).isEmpty();
        assertThat(halted).as(figures).isEqualTo(FAIL_POINTS.size());
        // the ledger: all that was accepted is accounted for, and what is done is what the desk has
        assertThat(accepted)
                .isEqualTo(states.values().stream().mapToLong(Long::longValue).sum())
                .isBetween((long) senders.acknowledged.size(), (long) senders.posted.size());
        assertThat(states).as(figures).containsEntry("DONE", (long) arrived.size());
        assertThat(states.getOrDefault("DEAD", 0L)).as(figures).isEqualTo(poison.size());
        assertThat(senders.acknowledged).as("there was a load").hasSizeGreaterThan(100);
    }

    /** Messages that came before an earlier one of the same sender. */
    private static List<String> misordered(List<String> arrived) {
        Map<String, List<Integer>> bySender = new HashMap<>();
        for (String text : arrived) {
            String[] parts = text.split("/", 2);
            bySender.computeIfAbsent(parts[0], sender -> new ArrayList<>()).add(Integer.parseInt(parts[1]));
        }
        List<String> wrong = new ArrayList<>();
        bySender.forEach((sender, numbers) -> {
            if (!numbers.equals(
                    numbers.stream().sorted(Comparator.naturalOrder()).toList())) {
                wrong.add(sender + " " + numbers);
            }
        });
        return wrong;
    }

    private Map<String, Long> states() throws SQLException {
        Map<String, Long> states = new TreeMap<>();
        try (Connection connection = open();
                ResultSet rows =
                        connection.createStatement().executeQuery("SELECT state, count(*) FROM event GROUP BY state")) {
            while (rows.next()) {
                states.put(rows.getString(1), rows.getLong(2));
            }
        }
        return states;
    }

    private long number(String query) throws SQLException {
        try (Connection connection = open();
                ResultSet rows = connection.createStatement().executeQuery(query)) {
            return rows.getLong(1);
        }
    }

    private Connection open() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + data.resolve("dragoman.db") + "?busy_timeout=10000");
    }
}
