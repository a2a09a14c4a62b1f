#include "prospects/ties.hpp"

#include <gtest/gtest.h>
