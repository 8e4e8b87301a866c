// SPDX-License-Identifier: Apache-2.0
package io.dragoman.bench.load;

import io.dragoman.bench.wire.Figures;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The load's process. Arguments: ports (commas between) and path to post to, the secret to sign with, the port of the desk (0 for none),
 * how many clients, the first customer, the one behind the last, and how many messages each writes in a row. It says
 * {@code ready}, then for each line {@code <seconds> <rate> <messages> <outstanding> <patience>} of its input it sends, and
 * prints what came of it; with a patience above 0 also when the seconds begin, after as many arrive as are taken in.
 */
public final class LoadMain {
    /** So many messages are signed before the start: the machine's code for it is compiled then. */
    private static final int WARM_UP = 20_000;

    private LoadMain() {}

    /** Runs until its input ends. */
    public static void main(String[] args) throws IOException {
        List<InetSocketAddress> servers = Stream.of(args[0].split(","))
                .map(Integer::parseInt)
                .map(LoadMain::local)
                .toList();
        int desk = Integer.parseInt(args[3]);
        int clients = Integer.parseInt(args[4]);
        int first = Integer.parseInt(args[5]);
        int end = Integer.parseInt(args[6]);
        int inARow = Integer.parseInt(args[7]);
        warmUp(new Webhook("localhost", args[1], args[2]));
        try (Selector selector = Selector.open();
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            List<Client> all = IntStream.range(0, clients)
                    .mapToObj(client -> new Client(
                            servers.get(client % servers.size()),
                            selector,
                            new Webhook("127.0.0.1:" + servers.get(0).getPort(), args[1], args[2]),
                            new Customers(first + client, clients, end, inARow)))
                    .toList();
            Load load = new Load(selector, all, desk == 0 ? () -> 0 : SeenGauge.start(local(desk)));
            System.out.println("ready");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] words = line.split(" ");
                System.out.println(run(load, words));
            }
        }
    }

    private static Figures run(Load load, String[] words) throws IOException {
        double seconds = Double.parseDouble(words[0]);
        long outstanding = Long.parseLong(words[3]);
        double patience = Double.parseDouble(words[4]);
        return patience > 0
                ? load.steady(patience, seconds, outstanding, System.out::println)
                : load.run(seconds, Double.parseDouble(words[1]), Long.parseLong(words[2]), outstanding);
    }

    private static void warmUp(Webhook webhook) {
        for (int i = 0; i < WARM_UP; i++) {
            webhook.message(i, i, i);
        }
    }

    private static InetSocketAddress local(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
}
