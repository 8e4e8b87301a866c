// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;

/** A real broker, which is a controller too, in this process or as the program of another; alone, or one of several. */
public final class KafkaBroker implements AutoCloseable {
    private static final String CLUSTER = new Uuid(7, 7).toString();

    private final Path folder;
    private final int port;
    private final List<Integer> controllers;
    private final int number;
    private @Nullable KafkaRaftServer server;

    private KafkaBroker(Path folder, int port, List<Integer> controllers, int number) {
        this.folder = folder;
        this.port = port;
        this.controllers = controllers;
        this.number = number;
    }

    /** Starts one with its data in a folder, which outlives it. */
    public static KafkaBroker start(Path folder) throws Exception {
        KafkaBroker broker = new KafkaBroker(folder, FreePort.find(), List.of(FreePort.find()), 0);
        broker.start();
        return broker;
    }

    /** Starts another beside this one, which stays the only controller; the first such has the number 2. */
    public KafkaBroker beside(Path another) throws Exception {
        KafkaBroker broker = new KafkaBroker(another, FreePort.find(), controllers, controllers.size());
        broker.start();
        return broker;
    }

    /** Arguments: the folder, the port, the controllers' ports, which of them is its own. Says so when it is there. */
    public static void main(String[] arguments) throws Exception {
        List<Integer> controllers =
                Stream.of(arguments[2].split(",")).map(Integer::valueOf).toList();
        KafkaBroker broker = new KafkaBroker(
                Path.of(arguments[0]), Integer.parseInt(arguments[1]), controllers, Integer.parseInt(arguments[3]));
        broker.start();
        System.out.println("ready");
    }

    /** Where clients begin. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    /** Starts it again where it was, on what it left on disk. */
    public void start() throws Exception {
        if (!Files.exists(folder.resolve("meta.properties"))) {
            format();
        }
        KafkaRaftServer next = new KafkaRaftServer(new KafkaConfig(properties(), false), Time.SYSTEM);
        next.startup();
        server = next;
    }

    private void format() throws Exception {
        try (PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(nowhere)
                    .setNodeId(number + 1)
                    .setClusterId(CLUSTER)
                    .setDirectories(List.of(folder.toString()))
                    .setMetadataLogDirectory(folder.toString())
                    .setControllerListenerName("CONTROLLER")
                    .run();
        }
    }

    private Properties properties() {
        Properties properties = new Properties();
        boolean controls = number < controllers.size();
        properties.putAll(Map.of(
                "process.roles",
                controls ? "broker,controller" : "broker",
                "node.id",
                Integer.toString(number + 1),
                "controller.quorum.voters",
                IntStream.range(0, controllers.size())
                        .mapToObj(one -> one + 1 + "@127.0.0.1:" + controllers.get(one))
                        .collect(Collectors.joining(",")),
                "listeners",
                "PLAINTEXT://127.0.0.1:" + port
                        + (controls ? ",CONTROLLER://127.0.0.1:" + controllers.get(number) : ""),
                "advertised.listeners",
                "PLAINTEXT://127.0.0.1:" + port,
                "controller.listener.names",
                "CONTROLLER",
                "log.dirs",
                folder.toString(),
                "offsets.topic.replication.factor",
                Integer.toString(controllers.size()),
                "offsets.topic.num.partitions",
                "1",
                "group.initial.rebalance.delay.ms",
                "0"));
        properties.put("num.recovery.threads.per.data.dir", "1");
        properties.put("log.cleaner.dedupe.buffer.size", Integer.toString(2 * 1024 * 1024));
        return properties;
    }

    /** Makes a topic. */
    public void topic(String name, int partitions, Map<String, String> settings)
            throws ExecutionException, InterruptedException {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1).configs(settings)))
                    .all()
                    .get();
        }
    }

    public Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", address()));
    }

    /** Ends it in order; it may be started again. */
    public void stop() {
        if (server != null) {
            server.shutdown();
            server.awaitShutdown();
            server = null;
        }
    }

    @Override
    public void close() throws IOException {
        stop();
    }
}
