#include "prospects/rank_order.hpp"

#include <gtest/gtest.h>
