#pragma once

#include <cstdlib>
#include <new>

#include <rapidjson/prettywriter.h>
#include <rapidjson/reader.h>
#include <rapidjson/stringbuffer.h>

namespace liantu {

/// Memory of RapidJSON, which does not look at whether it got what it asked for.
struct JsonMemory {
  static constexpr bool kNeedFree = true;

  void* Malloc(std::size_t bytes) {  // NOLINT(readability-identifier-naming)
    return bytes == 0 ? nullptr : checked(std::malloc(bytes));
  }
  void* Realloc(void* memory, std::size_t /*before*/,
                std::size_t bytes) {  // NOLINT(readability-identifier-naming)
    if (bytes == 0) {
      std::free(memory);
      return nullptr;
    }
    return checked(std::realloc(memory, bytes));
  }
  static void Free(void* memory) { std::free(memory); }  // NOLINT(readability-identifier-naming)

  friend bool operator==(const JsonMemory&, const JsonMemory&) { return true; }

 private:
  static void* checked(void* memory) {
    if (memory == nullptr) throw std::bad_alloc();
    return memory;
  }
};

using JsonBuffer = rapidjson::GenericStringBuffer<rapidjson::UTF8<>, JsonMemory>;
using JsonWriter =
    rapidjson::PrettyWriter<JsonBuffer, rapidjson::UTF8<>, rapidjson::UTF8<>, JsonMemory>;
using JsonReader = rapidjson::GenericReader<rapidjson::UTF8<>, rapidjson::UTF8<>, JsonMemory>;

}  // namespace liantu
