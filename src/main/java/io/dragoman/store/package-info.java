// SPDX-License-Identifier: Apache-2.0
/** All SQL. What is written here is durable when its future completes, and nothing else touches the database. */
@NullMarked
package io.dragoman.store;

import org.jspecify.annotations.NullMarked;
