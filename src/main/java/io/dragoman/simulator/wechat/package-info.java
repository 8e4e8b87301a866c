// SPDX-License-Identifier: Apache-2.0
/** A stand-in for WeChat's Official Account API. */
@org.jspecify.annotations.NullMarked
package io.dragoman.simulator.wechat;
