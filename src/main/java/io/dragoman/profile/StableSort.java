// SPDX-License-Identifier: Apache-2.0
package io.dragoman.profile;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code $sort} as JSONata describes it: equals keep their order. The library's own turns them round, and may end with
 * an exception, since a function that only says whether one comes after the other is no comparator of Java's.
 */
final class StableSort {
    /** JSONata's error for what is neither all numbers nor all texts. */
    private static final String NO_ORDER = "D3070";

    private final @Nullable Object after;

    private StableSort(@Nullable Object after) {
        this.after = after;
    }

    /** The sorted list; arguments are a list, or one item, and perhaps a function of two. */
    static @Nullable Object of(@Nullable List<?> arguments) {
        if (arguments == null || arguments.isEmpty() || arguments.get(0) == null) {
            return null;
        }
        Object given = arguments.get(0);
        List<?> items = given instanceof List<?> list ? list : List.of(given);
        Object after = arguments.size() < 2 ? null : arguments.get(1);
        return after == null ? natural(items) : new StableSort(after).merged(items);
    }

    private static List<Object> natural(List<?> items) {
        List<Object> sorted = new ArrayList<>(items);
        if (items.stream().allMatch(String.class::isInstance)) {
            sorted.sort(Comparator.comparing(String.class::cast));
        } else if (items.stream().allMatch(Number.class::isInstance)) {
            sorted.sort(Comparator.comparingDouble(item -> ((Number) item).doubleValue()));
        } else {
            throw new JException(NO_ORDER, -1);
        }
        return sorted;
    }

    private List<Object> merged(List<?> items) {
        if (items.size() < 2) {
            return new ArrayList<>(items);
        }
        int middle = items.size() / 2;
        List<Object> left = merged(items.subList(0, middle));
        List<Object> right = merged(items.subList(middle, items.size()));
        List<Object> all = new ArrayList<>(items.size());
        int taken = 0;
        for (Object one : right) {
            while (taken < left.size() && !comesAfter(left.get(taken), one)) {
                all.add(left.get(taken++));
            }
            all.add(one);
        }
        all.addAll(left.subList(taken, left.size()));
        return all;
    }

    private boolean comesAfter(Object left, Object right) {
        try {
            return Jsonata.boolize(Functions.funcApply(after, List.of(left, right)));
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) { // the library's methods declare it
            throw new IllegalStateException(e);
        }
    }
}
