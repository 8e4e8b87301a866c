// SPDX-License-Identifier: Apache-2.0
package io.dragoman.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What options for Java cost: how fast the gateway carries messages, and how much memory it takes meanwhile. Each set
 * of options runs in turn, the whole round several times, since a machine is never quiet: prints the median of each
 * and its ratio to the first. Linux only.
 */
public final class ResidentMemory {
    private ResidentMemory() {}

    /**
     * Arguments: the launcher, how many messages, how many rounds, then the sets of options. Each is what
     * DRAGOMAN_JAVA_OPTS is to be; an empty one is the gateway as shipped.
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path launcher = Path.of(arguments[0]);
        int messages = Integer.parseInt(arguments[1]);
        int rounds = Integer.parseInt(arguments[2]);
        List<String> options = List.of(arguments).subList(3, arguments.length);
        List<List<LoadedRun.Figures>> figures = new ArrayList<>();
        options.forEach(one -> figures.add(new ArrayList<>()));
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < options.size(); i++) {
                LoadedRun.Figures one = LoadedRun.of(launcher, options.get(i), messages);
                figures.get(i).add(one);
                System.out.println(row("round " + (round + 1) + ", " + i, one.rate(), 1, one.peak(), one.ready()));
            }
        }
        double first = median(figures.get(0), LoadedRun.Figures::rate);
        for (int i = 0; i < options.size(); i++) {
            double rate = median(figures.get(i), LoadedRun.Figures::rate);
            double peak = median(figures.get(i), LoadedRun.Figures::peak);
            double ready = median(figures.get(i), LoadedRun.Figures::ready);
            System.out.println(row("median, " + i + " " + options.get(i), rate, rate / first, peak, ready));
        }
    }

    private static double median(List<LoadedRun.Figures> figures, ToDoubleFunction<LoadedRun.Figures> of) {
        return figures.stream()
                .mapToDouble(of)
                .sorted()
                .skip(figures.size() / 2)
                .findFirst()
                .orElseThrow();
    }

    private static String row(String name, double rate, double ratio, double peak, double ready) {
        return String.format(
                Locale.ROOT,
                "%6.0f messages/s  ratio %.2f  peak %4.0f MB resident  ready after %5.0f ms  %s",
                rate,
                ratio,
                peak,
                ready,
                name);
    }
}
