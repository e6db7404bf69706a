package images

import "slices"

// All are the images that are known, by name.
func All() []Image {
	return slices.Concat(servers(), databases(), brokers())
}

// servers are images that keep nothing.
func servers() []Image {
	return []Image{
		{
			Name: "docker.io/library/httpd", Tag: "2.4", User: User{33, 33}, Alpine: User{82, 82}, Port: 80, Path: "/",
			Writable: []string{"/usr/local/apache2/logs"}, WritesAtStart: true, // httpd.pid; the logs themselves go to standard output
			Protocol: "http", Memory: "128Mi",
			Sources: []string{
				"https://github.com/docker-library/httpd/blob/master/2.4/Dockerfile",
				"https://wiki.debian.org/SystemGroups",
				"https://github.com/docker-library/httpd/blob/master/2.4/alpine/Dockerfile",
			},
		},
		{
			Name: "docker.io/library/memcached", Tag: "1.6", User: User{11211, 11211}, Own: "memcache", Port: 11211, Single: true,
			Protocol: "memcached", Memory: "128Mi",
			Sources: []string{"https://github.com/docker-library/memcached/blob/master/1/debian/Dockerfile"},
		},
		{
			Name: "docker.io/library/nginx", Tag: "1.29", User: User{101, 101}, Port: 80, Path: "/",
			Writable: []string{"/var/cache/nginx", "/var/run"}, WritesAtStart: true,
			Protocol: "http", Memory: "128Mi",
			Sources: []string{
				"https://github.com/nginx/docker-nginx/blob/master/mainline/debian/Dockerfile",
				"https://github.com/docker-library/docs/blob/master/nginx/content.md#running-nginx-in-read-only-mode",
			},
		},
		{
			Name: "docker.io/library/node", Tag: "22", User: User{1000, 1000}, Port: 3000,
			PortEnv: "PORT",
			Command: []string{
				"node", "-e",
				"process.on('SIGTERM', () => process.exit()); require('http').createServer((_, r) => r.end('hello\\n')).listen(process.env.PORT)",
			},
			Path:     "/",
			Protocol: "http", Memory: "128Mi",
			Sources: []string{"https://github.com/nodejs/docker-node/blob/main/22/bookworm-slim/Dockerfile"},
		},
		{
			Name: "docker.io/nginxinc/nginx-unprivileged", Tag: "1.29", User: User{101, 101}, Own: "101", Port: 8080, Path: "/",
			Protocol: "http", Memory: "128Mi",
			Sources: []string{"https://github.com/nginx/docker-nginx-unprivileged/blob/main/mainline/debian/Dockerfile"},
		},
	}
}

// databases are images that keep tables or documents.
func databases() []Image {
	return []Image{
		{
			Name: "docker.io/library/mariadb", Tag: "11.8", User: User{999, 999}, Port: 3306, Single: true,
			Writable: []string{"/run/mysqld"}, WritesAtStart: true, Data: "/var/lib/mysql", SubPath: "mysql",
			Password: "MARIADB_ROOT_PASSWORD",
			Protocol: "mysql", Memory: "512Mi",
			Ready: []string{"mariadb-admin", "--host=127.0.0.1", "ping"},
			Sources: []string{
				"https://github.com/MariaDB/mariadb-docker/blob/master/11.8/Dockerfile",
				"https://mariadb.com/docs/server/server-management/automated-mariadb-deployment-and-administration/docker-and-mariadb/mariadb-server-docker-official-image-environment-variables",
			},
		},
		{
			Name: "docker.io/library/mongo", Tag: "8.0", User: User{999, 999}, Port: 27017, Single: true,
			Writable: []string{"/data/configdb"}, Data: "/data/db",
			Env:      []Variable{{"MONGO_INITDB_ROOT_USERNAME", "root", "Without a user and a password everyone may read and write."}},
			Password: "MONGO_INITDB_ROOT_PASSWORD",
			Protocol: "mongo", Memory: "512Mi",
			Sources: []string{
				"https://github.com/docker-library/mongo/blob/master/8.0/Dockerfile",
				"https://github.com/docker-library/docs/blob/master/mongo/content.md",
			},
		},
		{
			Name: "docker.io/library/mysql", Tag: "8.4", User: User{999, 999}, Port: 3306, Single: true,
			Writable: []string{"/var/run/mysqld"}, WritesAtStart: true, Data: "/var/lib/mysql", SubPath: "mysql",
			Password: "MYSQL_ROOT_PASSWORD",
			Protocol: "mysql", Memory: "1Gi",
			Ready: []string{"mysqladmin", "--host=127.0.0.1", "ping"},
			Sources: []string{
				"https://github.com/docker-library/mysql/blob/master/8.4/Dockerfile.oracle",
				"https://github.com/docker-library/mysql/blob/master/8.4/docker-entrypoint.sh",
			},
		},
		{
			// The volume lies above the place where releases before 18 keep their data,
			// and is the one that 18 and later expect.
			Name: "docker.io/library/postgres", Tag: "17", User: User{999, 999}, Alpine: User{70, 70}, Port: 5432, Single: true,
			Writable: []string{"/var/run/postgresql"}, WritesAtStart: true, Data: "/var/lib/postgresql",
			Env:      []Variable{{"PGDATA", "/var/lib/postgresql/pgdata", "A fresh volume may hold lost+found, and initdb wants an empty directory."}},
			Password: "POSTGRES_PASSWORD",
			Protocol: "postgres", Memory: "256Mi",
			Ready: []string{"pg_isready", "--host=127.0.0.1"},
			Sources: []string{
				"https://github.com/docker-library/postgres/blob/master/17/trixie/Dockerfile",
				"https://github.com/docker-library/postgres/blob/master/17/alpine3.23/Dockerfile",
				"https://github.com/docker-library/docs/blob/master/postgres/content.md#pgdata",
			},
		},
	}
}

// brokers are images that keep messages and values.
func brokers() []Image {
	return []Image{
		{
			Name: "docker.io/library/rabbitmq", Tag: "4.1", User: User{999, 999}, Alpine: User{100, 101}, Port: 5672, Single: true,
			Writable: []string{"/var/log/rabbitmq"}, Data: "/var/lib/rabbitmq",
			Env: []Variable{
				{"RABBITMQ_NODENAME", "rabbit@localhost", "The data is kept under the name of the node, and pods change theirs."},
				{"RABBITMQ_DEFAULT_USER", "app", "Made when the data is new."},
			},
			Password: "RABBITMQ_DEFAULT_PASS",
			Protocol: "amqp", Memory: "512Mi",
			Sources: []string{
				"https://github.com/docker-library/rabbitmq/blob/master/4.1/ubuntu/Dockerfile",
				"https://github.com/docker-library/rabbitmq/blob/master/3.13/alpine/Dockerfile",
				"https://github.com/docker-library/docs/blob/master/rabbitmq/content.md",
			},
		},
		{
			Name: "docker.io/library/redis", Tag: "8.2", User: User{999, 999}, Alpine: User{999, 1000}, Port: 6379, Single: true,
			Data:     "/data",
			Protocol: "redis", Memory: "256Mi",
			Sources: []string{
				"https://github.com/redis/docker-library-redis/blob/release/8.2/debian/Dockerfile",
				"https://github.com/redis/docker-library-redis/blob/0642e8613deef6a2838814944485fd4a057b8fb4/7.4/alpine/Dockerfile",
			},
		},
		{
			Name: "docker.io/valkey/valkey", Tag: "9.0", User: User{999, 999}, Alpine: User{999, 1000}, Port: 6379, Single: true,
			Data:     "/data",
			Protocol: "redis", Memory: "256Mi",
			Sources: []string{
				"https://github.com/valkey-io/valkey-container/blob/mainline/9.0/debian/Dockerfile",
				"https://github.com/valkey-io/valkey-container/blob/mainline/9.0/alpine/Dockerfile",
			},
		},
	}
}
