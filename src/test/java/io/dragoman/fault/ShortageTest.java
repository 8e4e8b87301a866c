// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.dragoman.Tally;
import io.dragoman.simulator.HttpSimulator;
import io.dragoman.simulator.desk.DeskSimulator;
import io.dragoman.store.Scribe;
import io.dragoman.store.Store;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A full disk and no more file descriptors: refused with 503 and taken again when there is room, nothing lost. */
final class ShortageTest {
    private static final long MEGA = 1024 * 1024;

    @TempDir
    private Path folder;

    private final List<String> written = new ArrayList<>();
    private final List<String> taken = new ArrayList<>();
    private final AtomicInteger next = new AtomicInteger();
    private volatile int status;
    private KeptAlive connection = new KeptAlive();

    /** Posts once and remembers the answer. */
    private final HttpSimulator.Courier once = this::carry;

    private int carry(HttpRequest webhook) {
        try {
            status = connection.post(webhook);
        } catch (IOException e) {
            connection = new KeptAlive();
            status = 0;
        }
        return status;
    }

    @Test
    void fullDiskRefusesAndRecoversWithoutARestart() throws Exception {
        Path data = mounted("data", 110);
        try (Providers providers = new Providers(once)) {
            providers.configure(folder, "sqlite:data/dragoman.db");
            try (VictimProcess victim = VictimProcess.start(folder)) {
                assertThat(victim.awaitReady()).isTrue();
                await("taken while there is room", () -> write(providers) == 200);

                Path filler = Files.write(data.resolve("filler"), new byte[(int) (12 * MEGA)]);
                await("refused while the disk is nearly full", () -> write(providers) == 503);
                assertThat(ready(victim)).isEqualTo(503);

                Files.delete(filler);
                await("taken again", () -> write(providers) == 200);
                assertThat(ready(victim)).isEqualTo(200);
                judge("full disk", providers);
            }
        } finally {
            run("umount", data.toString());
        }
    }

    /** Two megabytes and not a byte more: ENOSPC by a real file system in the middle of commits. */
    @Test
    void diskThatEndsInTheMiddleOfCommitsLosesNothing() throws Exception {
        Path data = mounted("small", 2);
        try {
            Path said = folder.resolve("said");
            Process process = new ProcessBuilder(ChildJvm.command(
                            Scribe.class,
                            List.of("-DDRAGOMAN_LOG=OFF"),
                            data.resolve("dragoman.db"),
                            "FULL",
                            3_000,
                            1000))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .redirectOutput(said.toFile())
                    .start();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            run("mount", "-o", "remount,size=50m", data.toString());
            Store.sqlite(data.resolve("dragoman.db"), 0, failure -> {}).close();
            List<String> acknowledged = Files.readAllLines(said).stream()
                    .filter(line -> line.startsWith("ack "))
                    .map(line -> line.substring(4))
                    .toList();
            try (StoreFacts store = StoreFacts.open(StoreFacts.sqlite(data.resolve("dragoman.db")))) {
                Set<String> lost = new HashSet<>(acknowledged);
                lost.removeAll(store.column("SELECT key FROM event"));
                System.out.printf(
                        "2 MB disk: %d acknowledged, lost %d, exit %d%n",
                        acknowledged.size(), lost.size(), process.exitValue());
                assertThat(lost).isEmpty();
            }
            assertThat(acknowledged).hasSizeBetween(20, 8_999);
            assertThat(process.exitValue()).isIn(0, 70);
        } finally {
            run("umount", data.toString());
        }
    }

    @Test
    void noMoreFileDescriptorsLoseNothingAndPass() throws Exception {
        try (Providers providers = new Providers(once)) {
            providers.configure(folder, "sqlite:data/dragoman.db");
            Archive.made().train();
            try (VictimProcess victim = VictimProcess.startUnder(List.of("prlimit", "--nofile=400:400"), folder)) {
                assertThat(victim.awaitReady()).isTrue();
                await("taken", () -> write(providers) == 200);
                long descriptors = victim.descriptors();
                List<Socket> crowd = new ArrayList<>();
                for (int i = 0; i < 500; i++) {
                    Socket socket = new Socket();
                    socket.connect(
                            new InetSocketAddress(
                                    InetAddress.getLoopbackAddress(),
                                    providers.callback("wa").getPort()),
                            2_000);
                    crowd.add(socket);
                }
                for (int i = 0; i < 20; i++) {
                    write(providers);
                }
                for (Socket socket : crowd) {
                    socket.close();
                }
                await("taken again", () -> write(providers) == 200);
                judge("no file descriptors", providers);
                await("the crowd let go of", () -> victim.descriptors() < descriptors + 30);
            }
        }
    }

    private int write(Providers providers) {
        String text = Texts.write("wa", 1, next.getAndIncrement() * 15); // none that a rule answers
        written.add(text);
        int answer = providers.whatsapp.customerWrites(providers.callback("wa"), Providers.customer("wa", 1), text);
        if (answer / 100 == 2) {
            taken.add(text);
        }
        return answer;
    }

    private Tally tally(Providers providers) {
        List<String> notes = providers.desk.notes().stream()
                .filter(note -> note.type().equals("message.received"))
                .map(DeskSimulator.Note::text)
                .toList();
        return Tally.of(written, taken, notes, text -> "");
    }

    private void judge(String what, Providers providers) {
        await("everything acknowledged at the desk", () -> tally(providers).lost() == 0);
        tally(providers).demandZeros(what);
    }

    private int ready(VictimProcess victim) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), victim.adminPort())) {
            socket.getOutputStream()
                    .write("GET /health/ready HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return Integer.parseInt(answer.split(" ")[1]);
        }
    }

    private Path mounted(String name, int megabytes) throws IOException, InterruptedException {
        Path data = Files.createDirectories(folder.resolve(name));
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", data.toString()) == 0;
        if (!mounted) {
            System.out.println("NOT TESTED: a full disk, because this user may not mount one");
        }
        assumeThat(mounted).as("may mount").isTrue();
        return data;
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            LockSupport.parkNanos(50_000_000);
        }
    }
}
