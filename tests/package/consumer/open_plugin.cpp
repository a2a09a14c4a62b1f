#include <cstdio>
#include <dlfcn.h>

// Opens a plugin that uses Liantu, and calls it twice, the second time opened anew.
int main(int argc, char** argv) {
  if (argc != 2) return 2;
  for (int i = 0; i < 2; ++i) {
    void* plugin = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL);
    if (plugin == nullptr) {
      std::fprintf(stderr, "%s\n", dlerror());
      return 1;
    }
    using Count = int (*)();
    const auto count = reinterpret_cast<Count>(dlsym(plugin, "count_gaps"));
    if (count == nullptr || count() != 0) return 1;
    if (dlclose(plugin) != 0) return 1;
  }
}
