// SPDX-License-Identifier: Apache-2.0
/** The admin port: the API for programs, health, metrics. */
@NullMarked
package io.dragoman.admin;

import org.jspecify.annotations.NullMarked;
