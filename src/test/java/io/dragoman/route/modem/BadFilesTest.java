// SPDX-License-Identifier: Apache-2.0
package io.dragoman.route.modem;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.dragoman.TestGateway;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What is in a spool folder and is no short message, as the routes of docs/examples read it. */
final class BadFilesTest {
    private static final Logger ROOT = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private static final String LOCK =
            "&readLock=changed&readLockMinAge=1&readLockCheckInterval=5&filterFile=RAW(${file:size} > 0)";
    private static final String NUMBER = "4915100000";
    private static final String LONG = "x".repeat(245 - 40);

    @TempDir
    private Path folder;

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final List<String> read = new CopyOnWriteArrayList<>();

    @BeforeEach
    void listen() {
        log.start();
        ROOT.addAppender(log);
    }

    @AfterEach
    void stop() {
        camel.stop();
        ROOT.detachAppender(log);
    }

    @Test
    void filesOfGammuThatAreNoShortMessagesShouldBeSetAside() throws Exception {
        write("inbox/IN20261129_134500_00_+" + NUMBER + "01_00.txt", "hello");
        write("inbox/IN20261129_134501_00_+" + NUMBER + "02_00.bin", "x".repeat(600_000));
        write("inbox/IN20261129_134501_00_+" + NUMBER + "02_01.bin", "x".repeat(400_001));
        write("inbox/IN20261129_134502_00_" + LONG + "_00.txt", "hi");
        write("error/OUTC20261129_134503_000_+" + NUMBER + "03_dm-1.txt", "x".repeat(1_000_001));
        write("error/OUTC20261129_134504_000_+" + NUMBER + "04_dm-2.txt", "failed");
        write("error/OUTC20261129_134505_000_+" + NUMBER + "05_of-another.txt", "x".repeat(1_000_001));
        routes(new Gammu(), "inbox?delete=true" + LOCK, "error?move=told");
        TestGateway.await("the good ones", () -> read.size() == 2);
        TestGateway.await("the bad ones", () -> lines().size() == 3);
        assertThat(read).anyMatch(json -> json.contains("hello")).anyMatch(json -> json.contains("\"message\":\"2\""));
        TestGateway.await("the good one to be deleted", () -> names("inbox").equals(List.of("bad")));
        assertThat(names("inbox/bad")).hasSize(3).allMatch(name -> name.length() < 100);
        TestGateway.await(
                "the receipt to be put aside",
                () -> Files.isDirectory(folder.resolve("error/told"))
                        && names("error").size() == 3);
        assertThat(names("error"))
                .containsExactly("OUTC20261129_134505_000_+" + NUMBER + "05_of-another.txt", "bad", "told");
        assertThat(names("error/bad")).containsExactly("OUTC20261129_134503_000_+" + NUMBER + "03_dm-1.txt");
        assertLinesAreClear();
    }

    @Test
    void filesOfSmsdThatAreNoShortMessagesShouldBeSetAside() throws Exception {
        write("incoming/GSM1.abcdef", "From: " + NUMBER + "01\nAlphabet: ISO\n\nhello");
        write("incoming/GSM1." + LONG + "y".repeat(40), "From: 1\n\nhi");
        write("incoming/GSM1.large", "x".repeat(1_000_001));
        write("incoming/GSM1-concatenated", "x".repeat(1_000_001));
        write("sent/alarm", "x".repeat(1_000_001));
        write(
                "sent/dragoman-1",
                "To: " + NUMBER + "02\nModem: " + "m".repeat(300) + "\nMessage_id: 7\nDragoman-Id: 3\n\nhi");
        SmsTools smsd = new SmsTools();
        smsd.setSpool(folder.toString());
        routes(
                smsd,
                "incoming?delete=true&exclude=RAW(.*(-concatenated|\\.LOCK))" + LOCK,
                "sent?include=RAW(dragoman-.*)&move=waiting/${variable.waits}" + LOCK);
        TestGateway.await("the good one", () -> read.size() == 1);
        TestGateway.await("the bad ones", () -> lines().size() == 2);
        TestGateway.await(
                "what waits",
                () -> Files.isDirectory(folder.resolve("sent/waiting"))
                        && names("sent").size() == 2);
        assertThat(read.get(0)).contains("hello");
        TestGateway.await(
                "the good one to be deleted", () -> names("incoming").equals(List.of("GSM1-concatenated", "bad")));
        assertThat(names("sent")).as("of another program").containsExactly("alarm", "waiting");
        assertThat(names("sent/waiting"))
                .singleElement()
                .asString()
                .endsWith("-0000002-7")
                .hasSizeLessThan(100);
        assertLinesAreClear();
    }

    private void routes(org.apache.camel.spi.DataFormat format, String... endpoints) throws Exception {
        camel.getRegistry().bind("format", format);
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                for (String endpoint : endpoints) {
                    from("file:" + folder + "/" + endpoint + "&filter=#format&delay=20&initialDelay=0")
                            .unmarshal(format)
                            .process(exchange -> read.add(exchange.getMessage().getBody(String.class)));
                }
            }
        });
        camel.start();
    }

    private void write(String name, String content) throws Exception {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private List<String> names(String below) {
        try (Stream<Path> files = Files.list(folder.resolve(below))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Without what Camel says of its start. */
    private List<ILoggingEvent> lines() {
        return List.copyOf(log.list).stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .toList();
    }

    private void assertLinesAreClear() {
        assertThat(lines()).allSatisfy(event -> {
            assertThat(event.getThrowableProxy()).isNull();
            assertThat(event.getFormattedMessage())
                    .contains("is no short message: it", "/bad now")
                    .doesNotContain(NUMBER);
        });
    }
}
