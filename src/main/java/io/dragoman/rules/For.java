// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import liqp.TemplateContext;
import liqp.nodes.LNode;
import org.jspecify.annotations.Nullable;

/**
 * The tag {@code for}, whose ranges loop as arrays do: with the library's own, {@code limit} and {@code offset} over a
 * range get in each other's way and {@code forloop} counts wrongly. The library takes the tag's name from the class's.
 */
final class For extends liqp.blocks.For {
    /** Twice what a loop may do: enough for it to notice. */
    private static final int LONGEST_RANGE = 2 * Liquid.MOST_ITERATIONS;

    /*
     * Where a loop's nodes stand. Over an array: true, name, array, body, body when empty, text of the array, reversed,
     * attributes; over a range: false, name, from, to, body, text of the range, reversed, attributes.
     */
    private static final int NAME = 1;
    private static final int FROM = 2;
    private static final int TO = 3;
    private static final int BODY = 4;
    private static final int TEXT = 5;

    @Override
    public @Nullable Object render(TemplateContext context, LNode... nodes) {
        if (asBoolean(nodes[0].render(context))) {
            return super.render(context, nodes);
        }
        List<Long> range = range(
                asNumber(nodes[FROM].render(context)).longValue(),
                asNumber(nodes[TO].render(context)).longValue());
        LNode nothing = empty -> "";
        Stream<LNode> head = Stream.of(array -> true, nodes[NAME], items -> range, nodes[BODY], nothing);
        LNode[] loop = Stream.concat(head, Arrays.stream(nodes).skip(TEXT)).toArray(LNode[]::new);
        return super.render(context, loop);
    }

    private static List<Long> range(long from, long to) {
        List<Long> range = new ArrayList<>();
        for (long i = from; i <= to && range.size() < LONGEST_RANGE; i++) {
            range.add(i);
        }
        return range;
    }
}
