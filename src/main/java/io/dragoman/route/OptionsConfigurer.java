// SPDX-License-Identifier: Apache-2.0
package io.dragoman.route;

import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.GeneratedPropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.support.component.PropertyConfigurerSupport;
import org.jspecify.annotations.Nullable;

/** Sets the options of our components and endpoints without reflection; all of them stand in one table. */
public final class OptionsConfigurer extends PropertyConfigurerSupport
        implements GeneratedPropertyConfigurer, PropertyConfigurerGetter {
    private static final List<Option<?, ?>> OPTIONS = List.of(
            new Option<>(
                    WebhookComponent.class,
                    "largeBody",
                    Integer.class,
                    WebhookComponent::setLargeBody,
                    WebhookComponent::getLargeBody),
            new Option<>(
                    WebhookComponent.class,
                    "workers",
                    Integer.class,
                    WebhookComponent::setWorkers,
                    WebhookComponent::getWorkers),
            new Option<>(
                    WebhookEndpoint.class,
                    "largeBody",
                    Integer.class,
                    WebhookEndpoint::setLargeBody,
                    WebhookEndpoint::getLargeBody),
            new Option<>(
                    LaneComponent.class,
                    "concurrency",
                    Integer.class,
                    LaneComponent::setConcurrency,
                    LaneComponent::getConcurrency),
            new Option<>(
                    LaneEndpoint.class,
                    "concurrency",
                    Integer.class,
                    LaneEndpoint::setConcurrency,
                    LaneEndpoint::getConcurrency),
            new Option<>(
                    HookComponent.class,
                    "timeout",
                    Duration.class,
                    HookComponent::setTimeout,
                    HookComponent::getTimeout),
            new Option<>(
                    HookComponent.class,
                    "workers",
                    Integer.class,
                    HookComponent::setWorkers,
                    HookComponent::getWorkers),
            new Option<>(
                    HookEndpoint.class, "timeout", Duration.class, HookEndpoint::setTimeout, HookEndpoint::getTimeout));

    private record Option<T, V>(
            Class<T> target, String name, Class<V> type, BiConsumer<T, V> setter, Function<T, V> getter) {
        boolean named(String other, boolean ignoreCase) {
            return ignoreCase ? name.equalsIgnoreCase(other) : name.equals(other);
        }

        void set(CamelContext camel, Object on, Object value) {
            setter.accept(target.cast(on), property(camel, type, value));
        }

        Object get(Object on) {
            return getter.apply(target.cast(on));
        }
    }

    private static @Nullable Option<?, ?> find(@Nullable Object target, String name, boolean ignoreCase) {
        for (Option<?, ?> option : OPTIONS) {
            if ((target == null || option.target().isInstance(target)) && option.named(name, ignoreCase)) {
                return option;
            }
        }
        return null;
    }

    @Override
    public boolean configure(CamelContext camel, Object target, String name, Object value, boolean ignoreCase) {
        Option<?, ?> option = find(target, name, ignoreCase);
        if (option == null) {
            return false;
        }
        option.set(camel, target, value);
        return true;
    }

    @Override
    public @Nullable Class<?> getOptionType(String name, boolean ignoreCase) {
        Option<?, ?> option = find(null, name, ignoreCase);
        return option == null ? null : option.type();
    }

    @Override
    public @Nullable Object getOptionValue(Object target, String name, boolean ignoreCase) {
        Option<?, ?> option = find(target, name, ignoreCase);
        return option == null ? null : option.get(target);
    }
}
