// SPDX-License-Identifier: Apache-2.0
/**
 * A topic of Kafka's between what is posted and the store. The only place that knows Kafka's classes; nothing of it is
 * loaded where no topic is configured.
 */
@NullMarked
package io.dragoman.intake.kafka;

import org.jspecify.annotations.NullMarked;
