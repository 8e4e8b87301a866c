// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dragoman.FreePort;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** A helpdesk from Debian's packages with a folder, a database and a port of its own, on loopback. */
abstract class PackagedDesk implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KEYS = "keys.properties";
    /** Setting up writes thousands of rows one by one, which wait for the disk where there is one. */
    private static final Path MEMORY = Path.of("/dev/shm");

    /** What the set-up made, for the next class: it computes for half a minute. */
    private static final Path MADE = Path.of("target", "packaged-desks");

    final int port = FreePort.find();
    final Path root;
    /** What the set-up printed: keys and ids by name. */
    final Map<String, String> keys = new HashMap<>();

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private Process process;

    record Answer(int status, String text, HttpResponse<byte[]> response) {
        JsonNode json() {
            try {
                return JSON.readTree(text);
            } catch (IOException e) {
                throw new AssertionError(text, e);
            }
        }
    }

    PackagedDesk(String name) throws IOException, InterruptedException {
        root = Files.isWritable(MEMORY) ? Files.createTempDirectory(MEMORY, name) : Files.createTempDirectory(name);
        try {
            make(MADE.resolve(name));
            start();
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** Sets it up, once for all test classes of a build; of two at a time one waits. */
    private void make(Path made) throws IOException, InterruptedException {
        Files.createDirectories(MADE);
        try (FileChannel channel =
                        FileChannel.open(Path.of(made + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            Path set = made.resolve(sources(made.getFileName().toString()));
            if (!Files.exists(set.resolve(KEYS))) {
                Files.createDirectory(root.resolve("mails"));
                setUp();
                Properties kept = new Properties();
                kept.putAll(keys);
                try (Writer out = Files.newBufferedWriter(root.resolve(KEYS))) {
                    kept.store(out, null);
                }
                copyAll(root, set);
            } else {
                copyAll(set, root);
                Properties kept = new Properties();
                try (Reader in = Files.newBufferedReader(root.resolve(KEYS))) {
                    kept.load(in);
                }
                kept.stringPropertyNames().forEach(name -> keys.put(name, kept.getProperty(name)));
            }
            assert lock.isValid();
        }
    }

    /** Another name for other sources: what was made of the former is not theirs. */
    private static String sources(String name) throws IOException {
        try (Stream<Path> all = Files.list(Path.of("src/test/resources/io/dragoman/desk/http", name))) {
            CRC32 sum = new CRC32();
            for (Path one : all.sorted().toList()) {
                sum.update(Files.readAllBytes(one));
            }
            return Long.toHexString(sum.getValue());
        }
    }

    private static void copyAll(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path one : all.toList()) {
                Path there = to.resolve(from.relativize(one).toString());
                if (Files.isDirectory(one)) {
                    Files.createDirectories(there);
                } else {
                    Files.copy(one, there, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    /** Makes its database by its own tools. */
    abstract void setUp() throws IOException, InterruptedException;

    abstract List<String> command();

    abstract Map<String, String> environment();

    /** A path that any server answers, with whatever status. */
    abstract String ready();

    /** The headers that name a user. */
    abstract Map<String, String> as(String user);

    /** The mails that it sent to an address. */
    abstract List<String> mails(String address) throws IOException;

    final URI url(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    final Answer call(String user, String method, String path, Object body) throws IOException, InterruptedException {
        return call(method, path, as(user), "application/json", json(body));
    }

    static byte[] json(Object body) throws IOException {
        return JSON.writeValueAsBytes(body);
    }

    final Answer get(String user, String path) throws IOException, InterruptedException {
        return call("GET", path, as(user), "", new byte[0]);
    }

    final Answer call(String method, String path, Map<String, String> headers, String type, byte[] body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url(path)).timeout(Duration.ofSeconds(60));
        headers.forEach(request::header);
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        HttpResponse<byte[]> response = client.send(
                request.method(method, HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        return new Answer(response.statusCode(), new String(response.body(), StandardCharsets.UTF_8), response);
    }

    final void start() throws IOException {
        process = builder(command()).start();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (!answers()) {
            if (System.nanoTime() > deadline || !process.isAlive()) {
                kill();
                throw new IOException(command() + " does not start: " + Files.readString(root.resolve("out")));
            }
            LockSupport.parkNanos(50_000_000);
        }
    }

    /** Ends it as a power cut does, with the processes that it started. */
    final void kill() {
        if (process == null) {
            return;
        }
        List<ProcessHandle> all = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(one -> one.onExit().join());
    }

    /** Runs a program of the set-up, and keeps the keys that it prints. */
    final void run(List<String> command) throws IOException, InterruptedException {
        Process tool = builder(command).start();
        boolean ended = tool.waitFor(5, TimeUnit.MINUTES);
        tool.destroyForcibly();
        String out = Files.readString(root.resolve("out"));
        if (!ended || tool.exitValue() != 0) {
            throw new IOException(command + " failed: " + out);
        }
        out.lines()
                .filter(line -> line.startsWith("KEY "))
                .map(line -> line.split(" "))
                .forEach(words -> keys.put(words[1], words[2]));
    }

    /** Puts a file of the tests' resources below the folder. */
    final void copy(String resource, String to) throws IOException {
        Path file = root.resolve(to);
        Files.createDirectories(file.getParent());
        try (InputStream in = PackagedDesk.class.getResourceAsStream(resource)) {
            Files.copy(in, file);
        }
    }

    private ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(root.toFile())
                .redirectErrorStream(true)
                .redirectOutput(root.resolve("out").toFile());
        builder.environment().put("DESK_ROOT", root.toString());
        builder.environment().put("DESK_PORT", String.valueOf(port));
        builder.environment().put("HOME", root.toString());
        builder.environment().putAll(environment());
        return builder;
    }

    private boolean answers() {
        try {
            return call("GET", ready(), Map.of(), "", new byte[0]).status() > 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        kill();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(one);
            }
        }
    }
}
